package dev.ichor.netboot;

/// What we do on the DHCP ports.
public enum DhcpRole {
    /// Answer network-boot clients beside the router's DHCP server (PXE 2.1 section 2.2.3).
    PROXY,
    /// Hear, never answer: the router points at us.
    LISTEN,
    /// Do not open them.
    OFF
}
