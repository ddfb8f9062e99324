package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

/// One machine of the plan with its place in the cluster.
///
/// @param machine the hardware
/// @param hostname unique RFC 1123 label
/// @param role control plane or worker
/// @param disk where Talos goes
/// @param life how it starts once installed
/// @param fixed its address, or null to ask a DHCP server
public record Node(
        Machine machine,
        String hostname,
        Role role,
        InstallDisk disk,
        Life life,
        @Nullable FixedAddress fixed) {
    /// One that asks a DHCP server for its address.
    public Node(Machine machine, String hostname, Role role, InstallDisk disk, Life life) {
        this(machine, hostname, role, disk, life, null);
    }

    /// The machine's identity.
    public Mac mac() {
        return machine.mac();
    }
}
