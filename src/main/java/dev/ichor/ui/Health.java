package dev.ichor.ui;

/// Whether a machine needs its owner; kept apart from where on its way it is.
enum Health {
    /// Nothing was heard yet.
    WAITING,
    /// On its way.
    RUNNING,
    /// It waits for *Approve*, is in trouble, or has been silent for too long.
    NEEDS_YOU,
    /// Kubernetes calls it Ready.
    READY
}
