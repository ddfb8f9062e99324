package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Mac;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// All machines: cards while there are few, virtualised rows when there are many. Their order never
/// changes under the mouse.
final class MachineList extends StackPane {
    private static final int MOST_CARDS = 12;
    private static final int COLUMNS = 2;

    /// As in every list of the system.
    private static final KeyCombination MENU =
            new KeyCodeCombination(KeyCode.F10, KeyCombination.SHIFT_DOWN);

    /// How far inside its row a menu opens by key, in pixels.
    private static final double MENU_IN = 24;

    private final Consumer<Intent> tell;
    private final Consumer<Live<RowView>> open;
    private final Map<Mac, Live<RowView>> lines = new HashMap<>();
    private final ObservableList<Live<RowView>> shown = FXCollections.observableArrayList();
    private final GridPane cards = new GridPane();
    private final ScrollPane scroll = new ScrollPane(cards);
    private final ListView<Live<RowView>> rows = new ListView<>(shown);
    private Predicate<RowView> filter = r -> true;
    private boolean serving;
    private @Nullable ContextMenu menu;

    /// @param open shows one in full
    MachineList(Consumer<Intent> tell, Consumer<Live<RowView>> open) {
        this.tell = tell;
        this.open = open;
        setMinHeight(MachineCell.HEIGHT * 3);
        rows.setId("machines");
        rows.setAccessibleText(text("monitor.list"));
        rows.setFixedCellSize(MachineCell.HEIGHT);
        rows.setCellFactory(v -> cell());
        rows.setOnMouseClicked(e -> pressed(e, e.getTarget() instanceof ListView<?>));
        rows.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("bare");
        cards.getStyleClass().add("cards");
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints c = new ColumnConstraints();
            c.setPercentWidth(100.0 / COLUMNS);
            cards.getColumnConstraints().add(c);
        }
    }

    /// Whether our servers run: only they can do something to a machine.
    void serving(boolean on) {
        serving = on;
    }

    /// Which machines are to be seen.
    void filter(Predicate<RowView> which) {
        filter = which;
    }

    /// Draws the rows; the list itself is touched only when other machines are to be seen.
    void show(Map<Mac, RowView> all) {
        List<Live<RowView>> visible = all.values().stream().filter(filter).map(this::line).toList();
        if (!visible.equals(shown) || getChildren().isEmpty()) {
            shown.setAll(visible);
            layOut(all.size());
        }
    }

    private Live<RowView> line(RowView row) {
        Live<RowView> line = lines.computeIfAbsent(row.who().mac(), m -> new Live<>(row));
        line.show(row);
        return line;
    }

    private MachineCell cell() {
        MachineCell cell = new MachineCell(tell);
        cell.setOnContextMenuRequested(e -> {
            Live<RowView> row = cell.getItem();
            if (row != null) {
                menu(cell, row, e.getScreenX(), e.getScreenY());
            }
        });
        return cell;
    }

    private MachineCard card(Live<RowView> row) {
        MachineCard card = new MachineCard(row, tell);
        card.setFocusTraversable(true);
        card.getStyleClass().add("opens");
        card.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && !MachineFace.onButton(e)) {
                open.accept(row);
            }
        });
        card.addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getTarget() == card) {
                        key(e, card, row);
                    }
                });
        card.setOnContextMenuRequested(e -> menu(card, row, e.getScreenX(), e.getScreenY()));
        return card;
    }

    private void menu(Node at, Live<RowView> row, double x, double y) {
        if (menu != null) {
            menu.hide();
        }
        menu = new MachineActions(this, row.get(), tell).menu(serving, () -> open.accept(row));
        menu.show(at, x, y);
    }

    private void pressed(MouseEvent e, boolean beside) {
        Live<RowView> row = rows.getSelectionModel().getSelectedItem();
        boolean meant = e.getButton() == MouseButton.PRIMARY && !beside;
        if (row != null && meant && !MachineFace.onButton(e)) {
            open.accept(row);
        }
    }

    private void key(KeyEvent e) {
        Live<RowView> row = rows.getFocusModel().getFocusedItem();
        if (row != null && !MachineFace.onButton(e)) {
            key(e, rows, row);
        }
    }

    private void key(KeyEvent e, Node at, Live<RowView> row) {
        if (opens(e)) {
            e.consume();
            open.accept(row);
        } else if (MENU.match(e) || e.getCode() == KeyCode.CONTEXT_MENU) {
            e.consume();
            Bounds place = at.localToScreen(at.getBoundsInLocal());
            menu(at, row, place.getMinX() + MENU_IN, place.getMinY() + MENU_IN);
        }
    }

    private static boolean opens(KeyEvent e) {
        return e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE;
    }

    private void layOut(int machines) {
        if (shown.isEmpty()) {
            getChildren().setAll(Parts.empty(Feather.MONITOR, "monitor.empty", "monitor.empty.do"));
        } else if (machines > MOST_CARDS) {
            getChildren().setAll(rows);
        } else {
            cards.getChildren().clear();
            for (int i = 0; i < shown.size(); i++) {
                cards.add(card(shown.get(i)), i % COLUMNS, i / COLUMNS);
            }
            getChildren().setAll(scroll);
        }
    }
}
