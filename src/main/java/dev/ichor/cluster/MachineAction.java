package dev.ichor.cluster;

/// What the owner can have done to a machine, once.
public enum MachineAction {
    /// Wipe its system disk, then install it again.
    REINSTALL,
    /// Wipe its system disk: it goes back to the drawer.
    WIPE,
    /// Start from its disk at its next network boot, whatever was planned.
    LOCAL_BOOT,
    /// Hand it the next boot loader of its kind from now on.
    OTHER_LOADER;

    /// Whether its disk is lost by it: the owner types the machine's name first.
    public boolean destroys() {
        return this == REINSTALL || this == WIPE;
    }
}
