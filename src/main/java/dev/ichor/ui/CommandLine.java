package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Something to copy: a path or a command under its name, with a button beside it.
final class CommandLine {
    private CommandLine() {}

    static VBox of(String id, String name, String value) {
        TextField field = new TextField(value);
        field.setId(id);
        field.setEditable(false);
        field.setAccessibleText(name);
        field.getStyleClass().addAll("mono", "copy-field");
        HBox.setHgrow(field, Priority.ALWAYS);
        VBox box =
                new VBox(
                        Parts.label(name, "field-label"),
                        Parts.row(
                                field,
                                Parts.copyButton(
                                        id + "-copy", text("copy.what", name), field::getText)));
        box.getStyleClass().add("field");
        return box;
    }
}
