package dev.ichor.netboot;

import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.util.Optional;

/// The machine configs; rendered in memory when asked for.
@FunctionalInterface
public interface ConfigSource {
    /// For folders that bring their own configs.
    ConfigSource NONE = mac -> Optional.empty();

    /// The config of a machine, or empty when it is not in the plan.
    ///
    /// @throws IOException when it is there and cannot be rendered
    Optional<byte[]> configFor(Mac mac) throws IOException;
}
