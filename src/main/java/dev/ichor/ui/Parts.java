package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Map;
import java.util.function.Supplier;

/// Small controls that every page uses; none can be made without a name for the screen reader.
final class Parts {
    private Parts() {}

    /// A label in one of our styles.
    static Label label(String words, String... styles) {
        Label l = new Label(words);
        l.getStyleClass().addAll(styles);
        return l;
    }

    /// A label that is never cut.
    static Label whole(String words, String... styles) {
        Label l = label(words, styles);
        l.setMinWidth(Region.USE_PREF_SIZE);
        return l;
    }

    /// A label that breaks into lines.
    static Label prose(String words, String... styles) {
        Label l = label(words, styles);
        l.setWrapText(true);
        l.setMinHeight(Region.USE_PREF_SIZE);
        return l;
    }

    /// A button with words.
    static Button button(String id, String key, Feather icon, Runnable action) {
        Button b = new Button(text(key), new FontIcon(icon));
        b.setId(id);
        b.setMinWidth(Region.USE_PREF_SIZE);
        b.setOnAction(e -> action.run());
        return b;
    }

    /// A button with an icon only; its name is for the tool tip and the screen reader.
    static Button iconButton(String id, String name, Feather icon, Runnable action) {
        Button b = new Button(null, new FontIcon(icon));
        b.setId(id);
        b.getStyleClass().addAll("flat", "button-icon");
        b.setAccessibleText(name);
        b.setTooltip(new Tooltip(name));
        b.setOnAction(e -> action.run());
        return b;
    }

    /// A button that copies a text.
    static Button copyButton(String id, String name, Supplier<String> what) {
        return iconButton(id, name, Feather.COPY, () -> copy(what.get()));
    }

    /// Puts a text on the clipboard.
    static void copy(String what) {
        Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, what));
    }

    /// A control under its label, the two tied together for the screen reader.
    static VBox field(String key, Node control) {
        Label l = label(text(key), "field-label");
        l.setLabelFor(control);
        control.setAccessibleText(text(key));
        VBox box = new VBox(l, control);
        box.getStyleClass().add("field");
        return box;
    }

    /// Things beside each other, on one middle line.
    static HBox row(Node... nodes) {
        HBox box = new HBox(nodes);
        box.getStyleClass().add("row");
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /// Things below each other.
    static VBox stack(Node... nodes) {
        VBox box = new VBox(nodes);
        box.getStyleClass().add("stack");
        return box;
    }

    /// Takes the room that is left in a row.
    static Region spacer() {
        Region r = new Region();
        HBox.setHgrow(r, Priority.ALWAYS);
        return r;
    }

    /// Shows a node, or takes it out without leaving a hole.
    static void visible(Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    /// What an empty list says: why, and what to do.
    static VBox empty(Feather icon, String titleKey, String textKey) {
        FontIcon i = new FontIcon(icon);
        i.getStyleClass().add("empty-icon");
        Label hint = prose(text(textKey), "muted");
        VBox box = new VBox(i, label(text(titleKey), "h3"), hint);
        box.getStyleClass().add("empty");
        box.setAlignment(Pos.CENTER);
        return box;
    }
}
