package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.Stage;

import org.jspecify.annotations.Nullable;

/// The part of a machine's way that gets one dot: the stages of [Stage] that belong together for
/// the owner's eye.
enum Leg {
    DHCP(Stage.DISCOVERED),
    LOADER(Stage.LOADER),
    KERNEL(Stage.KERNEL),
    INITRAMFS(Stage.INITRAMFS),
    CONFIG(Stage.CONFIG_ASKED),
    INSTALL(Stage.INSTALLING),
    TALOS(Stage.TALOS_API),
    READY(Stage.READY);

    private final Stage first;

    Leg(Stage first) {
        this.first = first;
    }

    /// The leg a stage belongs to; null before the first packet.
    static @Nullable Leg of(Stage stage) {
        Leg found = null;
        for (Leg leg : values()) {
            if (leg.first.compareTo(stage) <= 0) {
                found = leg;
            }
        }
        return found;
    }

    /// A word or two.
    String words() {
        return text("leg." + name());
    }
}
