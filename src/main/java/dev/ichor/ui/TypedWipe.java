package dev.ichor.ui;

import javafx.scene.Node;

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
        TypedName.ask(button, "wipe", name, () -> tell.accept(intent));
    }
}
