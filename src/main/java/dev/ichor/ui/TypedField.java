package dev.ichor.ui;

import javafx.scene.control.TextField;

import org.controlsfx.control.textfield.TextFields;

import java.util.function.Consumer;

/// A text field that tells what the owner types, and never disturbs the typing.
final class TypedField {
    private final TextField field = TextFields.createClearableTextField();
    private boolean quiet;

    TypedField(String id, Consumer<String> typed) {
        field.setId(id);
        field.textProperty()
                .addListener((o, was, is) -> {
                    if (!quiet) {
                        typed.accept(is.strip());
                    }
                });
    }

    /// The control.
    TextField field() {
        return field;
    }

    /// Shows what the draft says, unless the owner is just typing here.
    void show(String value) {
        if (field.isFocused() || value.equals(field.getText().strip())) {
            return;
        }
        put(value);
    }

    /// Sets the text, typing or not.
    void put(String value) {
        quiet = true;
        field.setText(value);
        quiet = false;
    }
}
