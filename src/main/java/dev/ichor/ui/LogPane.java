package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.controlsfx.control.ToggleSwitch;
import org.controlsfx.control.textfield.CustomTextField;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.Locale;

/// The tail of the event log. It can be folded away where there is little room.
final class LogPane extends VBox {
    private static final int MOST = 2000;
    private static final int KEPT = 1500;

    /// Height of a line of small letters, in pixels.
    static final double LINE = 20;

    private static final int LINES = 5;

    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final FilteredList<String> found = new FilteredList<>(lines);
    private final ListView<String> list = new ListView<>(found);
    private final CustomTextField search = new CustomTextField();
    private final ToggleSwitch follow = new ToggleSwitch(text("log.follow"));
    private final ToggleButton open =
            new ToggleButton(text("log.title"), new FontIcon(Feather.LIST));

    /// @param more buttons beside the log
    LogPane(Node... more) {
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
        search.setId("log-search");
        search.setLeft(new FontIcon(Feather.SEARCH));
        search.setPromptText(text("log.search"));
        search.setAccessibleText(text("log.search"));
        search.setPrefColumnCount(14);
        search.textProperty().addListener((o, was, is) -> find(is));
        HBox top = Parts.row(open, Parts.spacer(), search, follow);
        top.getChildren().addAll(more);
        top.getChildren()
                .add(
                        Parts.copyButton(
                                "log-copy", text("log.copy"), () -> String.join("\n", found)));
        getChildren().addAll(top, list);
    }

    private void find(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        found.setPredicate(l -> wanted.isEmpty() || l.toLowerCase(Locale.ROOT).contains(wanted));
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
            list.scrollTo(found.size() - 1);
        }
    }

    private void fold(boolean folded) {
        Parts.visible(list, !folded);
        Parts.visible(follow, !folded);
        Parts.visible(search, !folded);
    }
}
