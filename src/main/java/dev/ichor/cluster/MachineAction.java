package dev.ichor.cluster;

/// What the owner can have done to a machine, once.
public enum MachineAction {
    /// Wipe its system disk, then install it again.
    REINSTALL,
    /// Wipe its system disk: it goes back to the drawer.
    WIPE
}
