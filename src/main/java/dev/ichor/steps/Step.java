package dev.ichor.steps;

/// The eight steps from a drawer of machines to a running cluster, in order.
public enum Step {
    /// Network adapter, ports and rights; what the router says.
    GET_READY,
    /// Find the machines.
    FIND,
    /// Give them roles.
    ROLES,
    /// Download Talos.
    DOWNLOAD,
    /// Secrets and machine configs.
    CONFIGURE,
    /// Copy the tree to the NAS; may be skipped.
    COPY,
    /// Serve the network boot and watch.
    BOOT,
    /// Kubeconfig, hand-over.
    FINISH
}
