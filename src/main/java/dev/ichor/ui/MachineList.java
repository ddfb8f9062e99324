package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Mac;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
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
    private final Map<Mac, Live<RowView>> lines = new HashMap<>();
    private final ObservableList<Live<RowView>> shown = FXCollections.observableArrayList();
    private final GridPane cards = new GridPane();
    private final ScrollPane scroll = new ScrollPane(cards);
    private final ListView<Live<RowView>> rows = new ListView<>(shown);
    private Predicate<RowView> filter = r -> true;

    MachineList(Consumer<Intent> tell) {
        this.tell = tell;
        setMinHeight(MachineCell.HEIGHT * 3);
        rows.setId("machines");
        rows.setAccessibleText(text("monitor.list"));
        rows.setFixedCellSize(MachineCell.HEIGHT);
        rows.setCellFactory(v -> new MachineCell(tell));
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

    private void layOut(int machines) {
        if (shown.isEmpty()) {
            getChildren().setAll(Parts.empty(Feather.MONITOR, "monitor.empty", "monitor.empty.do"));
        } else if (machines > MOST_CARDS) {
            getChildren().setAll(rows);
        } else {
            cards.getChildren().clear();
            for (int i = 0; i < shown.size(); i++) {
                cards.add(new MachineCard(shown.get(i), tell), i % COLUMNS, i / COLUMNS);
            }
            getChildren().setAll(scroll);
        }
    }
}
