package dev.ichor.cluster;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Talos on this PC, its checksums verified.
///
/// @param talos the release
/// @param image what it was built with
/// @param files at least one processor family's
public record Fetched(TalosVersion talos, Image image, SortedMap<Arch, BootFiles> files) {
    /// Copies the map.
    public Fetched {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        if (files.isEmpty()) {
            throw new IllegalArgumentException("nothing was fetched");
        }
    }

    /// A release's own amd64 files.
    public Fetched(TalosVersion talos, Path kernel, Path initramfs) {
        this(
                talos,
                new Image.Release(),
                new TreeMap<>(
                        Map.of(Arch.AMD64, new BootFiles(kernel, initramfs, 0, Origin.ACCEPTED))));
    }

    /// The first family's kernel.
    public Path kernel() {
        return files.firstEntry().getValue().kernel();
    }

    /// The first family's initramfs.
    public Path initramfs() {
        return files.firstEntry().getValue().initramfs();
    }
}
