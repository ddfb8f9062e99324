package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.controlsfx.control.ToggleSwitch;
import org.controlsfx.control.textfield.CustomTextField;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The tail of the event log. It can be folded away where there is little room.
final class LogPane extends VBox {
    private static final int MOST = 2000;
    private static final int KEPT = 1500;

    /// Height of a line of small letters, in pixels.
    static final double LINE = 20;

    private static final int LINES = 5;

    /// Width of the choice of machines, in pixels.
    private static final double MACHINE = 140;

    private final ObservableList<LogLine> lines = FXCollections.observableArrayList();
    private final FilteredList<LogLine> found = new FilteredList<>(lines);
    private final ListView<LogLine> list = new ListView<>(found);
    private final ComboBox<String> machine = new ComboBox<>();
    private final SaveLog save = new SaveLog(() -> found);
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
        search.textProperty().addListener((o, was, is) -> find());
        machine.setId("log-machine");
        machine.setAccessibleText(text("log.machine"));
        machine.setPrefWidth(MACHINE);
        machine.getItems().add(text("log.everyone"));
        machine.getSelectionModel().selectFirst();
        machine.setOnAction(e -> find());
        HBox top = Parts.row(open, Parts.spacer(), machine, search, follow);
        top.getChildren().addAll(more);
        top.getChildren().add(Parts.copyButton("log-copy", text("log.copy"), this::copied));
        top.getChildren().add(save.button);
        getChildren().addAll(top, save.said, list);
    }

    private void find() {
        String wanted = search.getText().strip().toLowerCase(Locale.ROOT);
        boolean all = machine.getSelectionModel().getSelectedIndex() <= 0;
        String who = all ? "" : machine.getValue();
        found.setPredicate(l ->
                (all || l.who().equals(who))
                        && l.words().toLowerCase(Locale.ROOT).contains(wanted));
    }

    private String copied() {
        return found.stream().map(LogLine::words).collect(Collectors.joining("\n"));
    }

    /// Saves what is listed.
    void save(Path to) {
        save.save(to);
    }

    /// Opens or folds it.
    void opened(boolean on) {
        open.setSelected(on);
    }

    /// More lines at the end.
    void add(List<LogLine> more) {
        if (more.isEmpty()) {
            return;
        }
        lines.addAll(more);
        for (LogLine l : more) {
            if (!l.who().isEmpty() && !machine.getItems().contains(l.who())) {
                machine.getItems().add(l.who());
            }
        }
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
        Parts.visible(machine, !folded);
        Parts.visible(save.button, !folded);
    }
}
