package dev.ichor.diagnosis;

/// What the program itself can do about a finding; a front shows it as a button.
public enum Remedy {
    /// Nothing: it is for the owner's hands.
    NONE,
    /// Send the magic packet once more.
    WAKE,
    /// Hand the machine its other loader.
    OTHER_LOADER,
    /// Ask the router what it tells machines.
    PROBE_ROUTER,
    /// Have this PC's firewall let us in.
    LET_IN,
    /// Approve the machine anew.
    APPROVE,
    /// Write its config anew for the Talos that is served.
    CONFIGURE_AGAIN,
    /// Let the machine boot from the network at every power-on.
    ALWAYS_NETBOOT,
    /// Wipe its disk, once the owner has typed its name.
    WIPE
}
