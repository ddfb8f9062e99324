package dev.ichor.ui;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A line of a list: the line stays, what it shows changes. So a list never re-sorts under the
/// mouse, and a cell keeps its focus.
///
/// @param <T> an immutable record
final class Live<T> {
    private final ReadOnlyObjectWrapper<T> shown;

    Live(T first) {
        shown = new ReadOnlyObjectWrapper<>(first);
    }

    ReadOnlyObjectProperty<T> property() {
        return shown.getReadOnlyProperty();
    }

    T get() {
        return shown.get();
    }

    /// Tells the listeners only when something is different.
    void show(T now) {
        if (!now.equals(shown.get())) {
            shown.set(now);
        }
    }
}
