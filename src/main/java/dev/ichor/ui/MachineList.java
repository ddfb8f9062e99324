package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Mac;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;

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

    private final Consumer<Intent> tell;
    private final Consumer<Live<RowView>> open;
    private final Map<Mac, Live<RowView>> lines = new HashMap<>();
    private final ObservableList<Live<RowView>> shown = FXCollections.observableArrayList();
    private final GridPane cards = new GridPane();
    private final ScrollPane scroll = new ScrollPane(cards);
    private final ListView<Live<RowView>> rows = new ListView<>(shown);
    private Predicate<RowView> filter = r -> true;

    /// @param open shows one in full
    MachineList(Consumer<Intent> tell, Consumer<Live<RowView>> open) {
        this.tell = tell;
        this.open = open;
        setMinHeight(MachineCell.HEIGHT * 3);
        rows.setId("machines");
        rows.setAccessibleText(text("monitor.list"));
        rows.setFixedCellSize(MachineCell.HEIGHT);
        rows.setCellFactory(v -> new MachineCell(tell));
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
                    if (e.getTarget() == card && opens(e)) {
                        e.consume();
                        open.accept(row);
                    }
                });
        return card;
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
        if (row != null && opens(e) && !MachineFace.onButton(e)) {
            e.consume();
            open.accept(row);
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
