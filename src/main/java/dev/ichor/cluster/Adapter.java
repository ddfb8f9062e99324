package dev.ichor.cluster;

/// One network adapter of this PC, as the owner chooses it.
///
/// @param id the system's name for it (`eth0`, `wlan1`)
/// @param label words for a list
/// @param subnet own address and prefix
/// @param virtual whether it looks like a VPN, a container bridge or a hypervisor's switch
/// @param score higher means more likely the home network
/// @param wireless whether it is Wi-Fi
/// @param leaving whether the way to the internet goes through it
public record Adapter(
        String id,
        String label,
        Subnet subnet,
        boolean virtual,
        int score,
        boolean wireless,
        boolean leaving) {
    /// By cable, and nothing is known of its way out.
    public Adapter(String id, String label, Subnet subnet, boolean virtual, int score) {
        this(id, label, subnet, virtual, score, false, false);
    }

    /// The PC's own address on it.
    public Ip4 address() {
        return subnet.address();
    }
}
