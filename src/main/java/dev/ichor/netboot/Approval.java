package dev.ichor.netboot;

/// Who may have a config.
public enum Approval {
    /// Each machine waits for the owner's *Approve*.
    ASK,
    /// All are approved from the start.
    ALL
}
