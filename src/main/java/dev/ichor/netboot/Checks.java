package dev.ichor.netboot;

/// What a gate looks at before a config leaves, beside armed state and neighbour table.
public enum Checks {
    /// The owner's word, once and for all: a Matchbox folder, whose scripts are not ours.
    APPROVAL,
    /// The owner's word for one chain of attempts: the machine boots from a NAS, so this PC does
    /// not see what it fetched.
    CHAIN,
    /// That, and this boot's own downloads and token.
    BOOT
}
