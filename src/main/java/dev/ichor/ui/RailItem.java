package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Amount;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// One step in the rail.
final class RailItem extends ToggleButton {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass AGAIN = PseudoClass.getPseudoClass("again");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    /// Letters that fit under the title.
    private static final int ROOM = 28;

    private final Step step;
    private final Label mark = Parts.label("", "mark");
    private final Label result = Parts.label("", "muted", "tiny");
    private final VBox words;

    RailItem(Step step) {
        this.step = step;
        Label title = Parts.label(title(), "rail-title");
        words = new VBox(title, result);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox box = Parts.row(mark, words);
        setGraphic(box);
        setId("rail-" + (step.ordinal() + 1));
        getStyleClass().setAll("rail-item");
        setMaxWidth(Double.MAX_VALUE);
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleRole(AccessibleRole.TAB_ITEM);
    }

    /// Draws the step's state.
    void show(StepState state, boolean current) {
        String line = line(state);
        setSelected(current);
        mark.setText(symbol(state, current));
        result.setText(line);
        Parts.visible(result, !line.isEmpty());
        pseudoClassStateChanged(CURRENT, current);
        pseudoClassStateChanged(DONE, state.settled());
        pseudoClassStateChanged(AGAIN, state.status() == StepState.Status.CHECK_AGAIN);
        pseudoClassStateChanged(FAILED, state.status() == StepState.Status.FAILED);
        setAccessibleText(
                text("rail.item", step.ordinal() + 1, title(), status(state) + " " + line));
        setTooltip(new Tooltip((title() + "\n" + Words.said(state.result())).strip()));
    }

    void narrow(boolean narrow) {
        Parts.visible(words, !narrow);
    }

    private String title() {
        return text("step." + step + ".title");
    }

    private String symbol(StepState state, boolean current) {
        return switch (state.status()) {
            case DONE, SKIPPED -> current ? number() : "✓";
            case FAILED -> "✗";
            case CHECK_AGAIN -> "!";
            case TODO, RUNNING -> number();
        };
    }

    private String number() {
        return Integer.toString(step.ordinal() + 1);
    }

    private static String status(StepState state) {
        return text("status." + state.status());
    }

    private static String line(StepState state) {
        return switch (state.status()) {
            case DONE -> Figures.shortened(Words.said(state.result()), ROOM);
            case TODO -> "";
            case RUNNING -> running(state.amount());
            case SKIPPED, CHECK_AGAIN, FAILED -> status(state);
        };
    }

    private static String running(@org.jspecify.annotations.Nullable Amount amount) {
        return amount == null || amount.fraction() < 0
                ? text("status.RUNNING")
                : Figures.percent(amount.fraction());
    }
}
