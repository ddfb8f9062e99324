package dev.ichor.boot;

/// What a transferred file is to the machine.
public enum Payload {
    /// iPXE itself, or another network boot program.
    LOADER(Stage.LOADER),
    /// A boot script.
    SCRIPT(Stage.SCRIPT),
    /// The Linux kernel.
    KERNEL(Stage.KERNEL),
    /// The initial RAM disk.
    INITRAMFS(Stage.INITRAMFS),
    /// A machine config.
    CONFIG(Stage.CONFIG),
    /// Anything else.
    OTHER(Stage.WAITING);

    private final Stage stage;

    Payload(Stage stage) {
        this.stage = stage;
    }

    /// The stage a machine is in while it fetches this.
    public Stage stage() {
        return stage;
    }
}
