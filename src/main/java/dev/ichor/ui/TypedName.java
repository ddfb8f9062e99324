package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.scene.Node;
import javafx.scene.control.TextField;

/// Has the owner type a name before something that cannot be taken back.
final class TypedName {
    private TypedName() {}

    /// @param near a node of the window
    /// @param key begins the keys of title, words, name and verb, and the field's id
    /// @param name to be typed
    static void ask(Node near, String key, String name, Runnable then) {
        Overlay.above(near).ifPresent(o -> o.ask(question(o, key, name, then)));
    }

    /// A wrong name is asked for once more.
    private static Overlay.Question question(
            Overlay overlay, String key, String name, Runnable then) {
        TextField typed = new TextField();
        typed.setId(key + "-name");
        typed.setPromptText(name);
        typed.setAccessibleText(text(key + ".name", name));
        return new Overlay.Question(
                text(key + ".title", name),
                text(key + ".words", name),
                typed,
                key + ".verb",
                () -> {
                    if (typed.getText().strip().equals(name)) {
                        then.run();
                    } else {
                        overlay.ask(question(overlay, key, name, then));
                    }
                },
                () -> {});
    }
}
