package dev.ichor.cluster;

/// Who answers a machine's network boot, and what the router has to be told.
public enum BootMode {
    /// A: the router is told nothing, our ProxyDHCP answers beside it.
    PROXY,
    /// B: the router names this PC and the one file `pxeboot`; our TFTP chooses per client.
    ROUTER_TO_PC,
    /// C: the router names the NAS; the PC is not needed.
    ROUTER_TO_NAS,
    /// D: UEFI HTTP boot, our ProxyDHCP gives a URL.
    UEFI_HTTP,
    /// E: dnsmasq on the NAS answers as ProxyDHCP; the PC is not needed.
    NAS_PROXY,
    /// A cable or switch without a router: our DHCP server gives out the addresses, too.
    OWN_DHCP;

    /// Whether the NAS boots the machines.
    public boolean onNas() {
        return this == ROUTER_TO_NAS || this == NAS_PROXY;
    }
}
