package dev.ichor.cluster;

/// What a node does in the cluster, in Talos' words (`machine.type`).
public enum Role {
    /// Runs etcd and the Kubernetes control plane.
    CONTROL_PLANE("controlplane"),
    /// Runs workloads only.
    WORKER("worker");

    private final String talosType;

    Role(String talosType) {
        this.talosType = talosType;
    }

    /// The value of `machine.type`: `controlplane` or `worker`.
    public String talosType() {
        return talosType;
    }
}
