package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Back, and the one big button that says what it does.
final class Footer extends HBox {
    private final Button back = new Button(text("back"));
    private final Button next = new Button();
    private final Label message = Parts.label("", "muted");

    Footer(Runnable goBack, Runnable goOn) {
        getStyleClass().addAll("row", "footer");
        back.setId("back");
        next.setId("next");
        message.setId("footer-message");
        next.getStyleClass().add("accent");
        next.setDefaultButton(true);
        back.setOnAction(e -> goBack.run());
        next.setOnAction(e -> goOn.run());
        message.setMinWidth(0);
        message.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(message, Priority.ALWAYS);
        getChildren().addAll(message, back, next);
    }

    /// Draws the buttons for a page.
    void show(Snapshot snapshot, Step step) {
        back.setDisable(step == Step.GET_READY);
        next.setText(verb(snapshot, step));
    }

    /// A few words beside the buttons.
    void say(String words) {
        message.setText(words);
    }

    Button next() {
        return next;
    }

    private static String verb(Snapshot s, Step step) {
        if (Flow.commits(s, step)) {
            return text("step." + step + ".verb");
        }
        return text(step == Step.FINISH ? "close" : "next");
    }
}
