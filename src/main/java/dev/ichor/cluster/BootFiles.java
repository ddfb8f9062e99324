package dev.ichor.cluster;

import java.nio.file.Path;

/// What one kind of machine boots, on this PC, its checksums verified.
///
/// @param kernel as `vmlinuz-amd64`
/// @param initramfs as `initramfs-amd64.xz`
/// @param bytes size of both
/// @param origin the weaker of the two files' origins
public record BootFiles(Path kernel, Path initramfs, long bytes, Origin origin) {}
