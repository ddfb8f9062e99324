package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.controlsfx.control.SegmentedButton;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One machine in full: its card, its stages with the seconds each took, and everything that was
/// heard of it.
final class DetailsPane extends VBox {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Live<RowView> row;
    private final ObservableList<Detail> lines = FXCollections.observableArrayList();
    private final FilteredList<Detail> chosen = new FilteredList<>(lines);
    private final ListView<Detail> list = new ListView<>(chosen);
    private final GridPane laps = new GridPane();
    private final Button back;
    private final MenuButton actions = new MenuButton(text("details.actions"));
    private final Consumer<Intent> tell;
    private int heard;
    private List<String> lapsShown = List.of();

    /// @param goBack to all machines
    DetailsPane(Live<RowView> row, Consumer<Intent> tell, Runnable goBack) {
        this.row = row;
        this.tell = tell;
        setId("details");
        getStyleClass().addAll("stack", "details");
        back = Parts.button("details-back", "details.back", Feather.ARROW_LEFT, goBack);
        list.setId("details-list");
        list.setAccessibleText(text("details.list"));
        list.getStyleClass().add("log");
        list.setFixedCellSize(LogPane.LINE);
        list.setCellFactory(v -> new DetailCell());
        list.setMinHeight(LogPane.LINE * 3);
        list.setPrefHeight(LogPane.LINE * 4);
        laps.getStyleClass().add("laps");
        ScrollPane stages = new ScrollPane(laps);
        stages.setFitToWidth(true);
        stages.getStyleClass().add("bare");
        stages.setMinWidth(230);
        stages.setPrefSize(230, LogPane.LINE * 4);
        HBox.setHgrow(list, Priority.ALWAYS);
        HBox body = new HBox(stages, list);
        body.getStyleClass().add("row");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(top(), new MachineCard(row, tell), body);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> escape(e, goBack));
    }

    private static void escape(KeyEvent e, Runnable goBack) {
        if (e.getCode() == KeyCode.ESCAPE) {
            e.consume();
            goBack.run();
        }
    }

    private HBox top() {
        ToggleButton all = filter("all", d -> true);
        all.setSelected(true);
        SegmentedButton which = new SegmentedButton(all);
        for (Detail.Kind kind : Detail.Kind.values()) {
            which.getButtons().add(filter(kind.name(), d -> d.kind() == kind));
        }
        return Parts.row(
                back,
                actions(),
                Parts.spacer(),
                which,
                Parts.copyButton("details-copy", text("details.copy"), this::copied));
    }

    private MenuButton actions() {
        actions.setId("details-actions");
        actions.setMinWidth(Region.USE_PREF_SIZE);
        actions.getItems().setAll(new MachineActions(actions, row.get(), tell).orders());
        return actions;
    }

    private ToggleButton filter(String name, Predicate<Detail> wanted) {
        ToggleButton b = new ToggleButton(text("details." + name));
        b.setId("details-" + name);
        b.setMinWidth(Region.USE_PREF_SIZE);
        b.setOnAction(e -> {
            b.setSelected(true);
            chosen.setPredicate(wanted);
        });
        return b;
    }

    /// The keyboard begins at the way back.
    void focus() {
        back.requestFocus();
    }

    /// Whose they are.
    Live<RowView> row() {
        return row;
    }

    /// Draws what is new.
    ///
    /// @param serving whether our servers run: only they can do something to a machine
    void show(boolean serving, List<Lap> stages, List<BootEvent> history) {
        actions.setDisable(!serving);
        List<Detail> more = new ArrayList<>();
        for (BootEvent e : history.subList(Math.min(heard, history.size()), history.size())) {
            Detail.of(e).ifPresent(more::add);
        }
        heard = history.size();
        if (!more.isEmpty()) {
            boolean follows = list.getSelectionModel().isEmpty();
            lines.addAll(more);
            if (follows) {
                list.scrollTo(chosen.size() - 1);
            }
        }
        draw(stages);
    }

    private void draw(List<Lap> stages) {
        List<String> now =
                stages.stream().map(l -> l.stage() + " " + Detail.seconds(l.took())).toList();
        if (now.equals(lapsShown)) {
            return;
        }
        lapsShown = now;
        laps.getChildren().clear();
        for (int i = 0; i < stages.size(); i++) {
            Lap lap = stages.get(i);
            Label name = Parts.whole(text("stage." + lap.stage()), lap.going() ? "h4" : "lap");
            String seconds = lap.took().isZero() && !lap.going() ? "✓" : Detail.seconds(lap.took());
            Label took = Parts.whole(seconds, "num");
            GridPane.setHgrow(name, Priority.ALWAYS);
            GridPane.setHalignment(took, HPos.RIGHT);
            laps.addRow(i, name, took);
        }
    }

    private String copied() {
        return row.get().who().name()
                + " "
                + row.get().who().address()
                + "\n"
                + String.join("\n", lapsShown)
                + "\n"
                + chosen.stream().map(DetailsPane::line).collect(Collectors.joining("\n"));
    }

    private static String line(Detail d) {
        return time(d.at()) + "  " + d.words();
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static final class DetailCell extends javafx.scene.control.ListCell<Detail> {
        @Override
        protected void updateItem(@org.jspecify.annotations.Nullable Detail d, boolean empty) {
            super.updateItem(d, empty);
            setText(empty || d == null ? null : line(d));
        }
    }
}
