package dev.ichor.ui;

import javafx.beans.value.ChangeListener;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// A machine as one row among many; only the rows in sight listen.
final class MachineCell extends ListCell<Live<RowView>> {
    /// Height of every row, in pixels.
    static final double HEIGHT = 46;

    private final MachineFace face;
    private final HBox box;
    private final ChangeListener<RowView> live = (o, was, is) -> draw(is);
    private @Nullable Live<RowView> row;

    MachineCell(Consumer<Intent> tell) {
        face = new MachineFace(false, tell);
        VBox id = new VBox(face.name, face.address);
        id.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        fixed(id, 150);
        fixed(face.way, 190);
        fixed(face.state, 150);
        fixed(face.rate, 74);
        fixed(face.elapsed, 48);
        face.line.getStyleClass().add("tiny");
        face.line.setMinWidth(40);
        face.line.setPrefWidth(120);
        face.line.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(face.line, Priority.ALWAYS);
        box = Parts.row(id, face.way, face.state, face.rate, face.elapsed, face.line);
        box.getChildren().addAll(face.remedy, face.wake, face.disk, face.approve);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Live<RowView> item, boolean empty) {
        super.updateItem(item, empty);
        Live<RowView> next = empty ? null : item;
        if (next == row) {
            return;
        }
        if (row != null) {
            row.property().removeListener(live);
        }
        row = next;
        if (next == null) {
            setGraphic(null);
            return;
        }
        next.property().addListener(live);
        draw(next.get());
        setGraphic(box);
    }

    private void draw(RowView view) {
        face.show(view);
        setAccessibleText(face.spoken());
    }

    private static void fixed(Region node, double width) {
        node.setMinWidth(width);
        node.setPrefWidth(width);
        node.setMaxWidth(width);
        if (node instanceof Label l) {
            l.setEllipsisString("…");
        }
    }
}
