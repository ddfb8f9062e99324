package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.scene.Node;
import javafx.scene.control.TextField;

import java.util.function.Consumer;

/// Has the owner type a machine's name before its disk is wiped; whatever else a button wants goes
/// through at once.
final class TypedWipe {
    private TypedWipe() {}

    /// @param button that was pressed
    /// @param name to be typed
    static void ask(Node button, String name, Intent intent, Consumer<Intent> tell) {
        if (!(intent instanceof Intent.Order order && order.action().destroys())) {
            tell.accept(intent);
            return;
        }
        Overlay.above(button).ifPresent(o -> o.ask(question(o, name, () -> tell.accept(intent))));
    }

    /// A wrong name is asked for once more.
    private static Overlay.Question question(Overlay overlay, String name, Runnable wipe) {
        TextField typed = new TextField();
        typed.setId("wipe-name");
        typed.setPromptText(name);
        typed.setAccessibleText(text("wipe.name", name));
        return new Overlay.Question(
                text("wipe.title", name),
                text("wipe.words", name),
                typed,
                "wipe.verb",
                () -> {
                    if (typed.getText().strip().equals(name)) {
                        wipe.run();
                    } else {
                        overlay.ask(question(overlay, name, wipe));
                    }
                },
                () -> {});
    }
}
