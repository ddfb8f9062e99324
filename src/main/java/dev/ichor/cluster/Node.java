package dev.ichor.cluster;

/// One machine of the plan with its place in the cluster.
///
/// @param machine the hardware
/// @param hostname unique RFC 1123 label
/// @param role control plane or worker
/// @param disk where Talos goes
/// @param life how it starts once installed
public record Node(Machine machine, String hostname, Role role, InstallDisk disk, Life life) {
    /// The machine's identity.
    public Mac mac() {
        return machine.mac();
    }
}
