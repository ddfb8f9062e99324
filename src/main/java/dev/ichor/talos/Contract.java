package dev.ichor.talos;

import dev.ichor.cluster.TalosVersion;

/// What differs between the Talos lines in what a machine config looks like. Newer Talos reads the
/// newest of these too (run with v1.14.0-alpha.2).
enum Contract {
    /// Up to 1.11.
    LEGACY,
    /// 1.12: the host name is a document of its own.
    V1_12,
    /// From 1.13 on: no `machine.network` any more.
    V1_13;

    static Contract of(TalosVersion version) {
        if (version.atLeast(1, 13)) {
            return V1_13;
        }
        return version.atLeast(1, 12) ? V1_12 : LEGACY;
    }

    /// Whether host name, addresses, time and mirrors are documents of their own.
    boolean networkDocuments() {
        return this != LEGACY;
    }

    /// Whether `machine.network` is written even when it is empty.
    boolean networkKey() {
        return this != V1_13;
    }

    /// Whether `machine.install` says where the kernel's arguments come from.
    boolean ukiCmdline() {
        return this != LEGACY;
    }

    /// Whether the features that are always on since 1.12 must be asked for.
    boolean oldFeatures() {
        return this == LEGACY;
    }

    /// Whether the API server's names must hold the endpoint's host; later the node adds it.
    boolean endpointInApiNames() {
        return this == LEGACY;
    }
}
