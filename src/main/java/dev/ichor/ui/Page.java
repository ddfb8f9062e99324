package dev.ichor.ui;

import dev.ichor.steps.Snapshot;

import javafx.scene.Node;
import javafx.scene.layout.Region;

/// One page of the wizard.
interface Page {
    /// What is shown: the same node for the page's whole life.
    Region view();

    /// Draws the snapshot.
    void show(Snapshot snapshot);

    /// Where the keyboard begins.
    default Node first() {
        return view();
    }

    /// Told when the page comes on the screen, and when it leaves.
    default void onScreen(boolean on) {}
}
