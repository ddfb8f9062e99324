package dev.ichor.cluster;

/// How a machine starts once it is installed.
public enum Life {
    /// From the network at every power-on; its state is on the disk.
    ALWAYS_NETBOOT,
    /// From its own disk; the network only for the installation.
    DISK_FIRST
}
