package dev.ichor.fleet;

import dev.ichor.boot.Stage;

/// Told whenever a machine gets to a stage: the place where things may go wrong.
interface Milestones {
    /// @throws InterruptedException when the machine dies here
    void reached(Stage stage) throws InterruptedException;

    /// Whether the machine dies at that stage.
    boolean deadly(Stage stage);
}
