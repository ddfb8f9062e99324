package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;

import java.util.function.Function;

/// Plain text columns.
final class Columns {
    private Columns() {}

    static <T> TableColumn<T, String> of(String key, double width, Function<T, String> value) {
        TableColumn<T, String> c = new TableColumn<>(text(key));
        c.setCellValueFactory(d -> new ReadOnlyStringWrapper(value.apply(d.getValue())));
        c.setPrefWidth(width);
        c.setReorderable(false);
        return c;
    }
}
