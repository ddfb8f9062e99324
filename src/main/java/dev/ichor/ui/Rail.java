package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// The eight steps at the side: a tick and a one-line result each; a click turns to any step
/// reached.
final class Rail extends VBox {
    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");

    private final Map<Step, RailItem> items = new EnumMap<>(Step.class);
    private final Label brand = new Label(text("brand"), new FontIcon(Feather.SERVER));

    Rail(Consumer<Step> turn) {
        getStyleClass().add("rail");
        brand.getStyleClass().add("brand");
        getChildren().add(brand);
        for (Step step : Step.values()) {
            RailItem item = new RailItem(step);
            item.setOnAction(e -> {
                item.setSelected(true);
                turn.accept(step);
            });
            items.put(step, item);
            getChildren().add(item);
        }
    }

    /// Draws the way so far.
    void show(Snapshot snapshot, Step current) {
        items.forEach((step, item) -> {
            item.setDisable(!Flow.reachable(snapshot, step) && step != current);
            item.show(snapshot.state(step), step == current);
        });
    }

    /// Nothing is open yet: all steps are seen, none can be chosen.
    void showNothing() {
        items.forEach((step, item) -> {
            item.setDisable(true);
            item.show(StepState.TODO, false);
        });
    }

    /// Folds the rail to its numbers where the window is narrow.
    void narrow(boolean narrow) {
        pseudoClassStateChanged(NARROW, narrow);
        brand.setText(narrow ? "" : text("brand"));
        items.values().forEach(i -> i.narrow(narrow));
    }
}
