package dev.ichor.cluster;

import java.nio.file.Path;

/// A Talos release's boot files on this PC, their checksums verified.
///
/// @param talos the release
/// @param kernel `vmlinuz-amd64`
/// @param initramfs `initramfs-amd64.xz`
public record Fetched(TalosVersion talos, Path kernel, Path initramfs) {}
