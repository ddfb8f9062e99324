package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.steps.Step;

import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

import java.util.List;

/// What a step is about, what to do when it does not go on, and the keys that work everywhere.
final class Help {
    /// The keys, and the name of what each does.
    private static final List<String> KEYS =
            List.of("F1", "Alt+1 … Alt+8", "Enter", "Tab", "Esc", "Ctrl+C", "F11");

    private Help() {}

    /// Help for a step, as something to be shown over the page.
    static Overlay.Question about(Step step) {
        return new Overlay.Question(
                text("step." + step + ".title"),
                text("step." + step + ".help"),
                keys(),
                "close",
                () -> {},
                null);
    }

    private static GridPane keys() {
        GridPane grid = new GridPane();
        grid.setId("keys");
        grid.getStyleClass().add("keys");
        for (int i = 0; i < KEYS.size(); i++) {
            Label does = Parts.prose(text("keys." + i));
            grid.addRow(i, Parts.whole(KEYS.get(i), "mono", "key"), does);
        }
        return grid;
    }
}
