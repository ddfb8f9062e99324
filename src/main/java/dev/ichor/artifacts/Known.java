package dev.ichor.artifacts;

import dev.ichor.cluster.TalosVersion;

import java.util.Optional;

/// Checksums of Talos releases that came with the program.
@FunctionalInterface
public interface Known {
    /// The SHA-256 of a release's file, when it is known.
    Optional<String> sha256(TalosVersion talos, String name);
}
