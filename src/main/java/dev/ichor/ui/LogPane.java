package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;

import org.controlsfx.control.ToggleSwitch;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;

/// The tail of the event log. It can be folded away where there is little room.
final class LogPane extends VBox {
    private static final int MOST = 2000;
    private static final int KEPT = 1500;
    private static final double LINE = 20;
    private static final int LINES = 5;

    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final ListView<String> list = new ListView<>(lines);
    private final ToggleSwitch follow = new ToggleSwitch(text("log.follow"));
    private final ToggleButton open =
            new ToggleButton(text("log.title"), new FontIcon(Feather.LIST));

    LogPane() {
        getStyleClass().add("log-pane");
        list.setId("log");
        list.setFixedCellSize(LINE);
        list.setMinHeight(LINE * LINES + 2);
        list.setPrefHeight(LINE * LINES + 2);
        list.setMaxHeight(LINE * LINES + 2);
        list.getStyleClass().add("log");
        list.setAccessibleText(text("log.title"));
        follow.setSelected(true);
        follow.setId("follow");
        open.setId("log-open");
        open.getStyleClass().addAll("flat", "log-open");
        open.selectedProperty().addListener((o, was, is) -> fold(!is));
        open.setSelected(true);
        getChildren()
                .addAll(
                        Parts.row(
                                open,
                                Parts.spacer(),
                                follow,
                                Parts.copyButton(
                                        "log-copy",
                                        text("log.copy"),
                                        () -> String.join("\n", lines))),
                        list);
    }

    /// Opens or folds it.
    void opened(boolean on) {
        open.setSelected(on);
    }

    /// More lines at the end.
    void add(List<String> more) {
        if (more.isEmpty()) {
            return;
        }
        lines.addAll(more);
        if (lines.size() > MOST) {
            lines.remove(0, lines.size() - KEPT);
        }
        if (follow.isSelected()) {
            list.scrollTo(lines.size() - 1);
        }
    }

    private void fold(boolean folded) {
        Parts.visible(list, !folded);
        Parts.visible(follow, !folded);
    }
}
