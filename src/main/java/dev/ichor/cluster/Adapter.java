package dev.ichor.cluster;

/// One network adapter of this PC, as the owner chooses it.
///
/// @param id the system's name for it (`eth0`, `wlan1`)
/// @param label words for a list
/// @param subnet own address and prefix
/// @param virtual whether it looks like a VPN, a container bridge or a hypervisor's switch
/// @param score higher means more likely the home network
public record Adapter(String id, String label, Subnet subnet, boolean virtual, int score) {
    /// The PC's own address on it.
    public Ip4 address() {
        return subnet.address();
    }
}
