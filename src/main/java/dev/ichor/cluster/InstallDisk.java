package dev.ichor.cluster;

/// Where Talos is installed, as a wish (Talos `machine.install.disk` or `diskSelector`).
public sealed interface InstallDisk {
    /// A device path such as `/dev/sda` or `/dev/mmcblk0`.
    record Device(String path) implements InstallDisk {}

    /// The disk with this serial number; shell wildcards allowed.
    record Serial(String serial) implements InstallDisk {}

    /// The disk with this World Wide Name; shell wildcards allowed.
    record Wwid(String wwid) implements InstallDisk {}

    /// The first disk of at least this size, in Talos' notation, for instance `>= 8GB`.
    record Size(String size) implements InstallDisk {}

    /// The owner wants to see the machine's disks first: it waits in maintenance mode.
    record Ask() implements InstallDisk {}
}
