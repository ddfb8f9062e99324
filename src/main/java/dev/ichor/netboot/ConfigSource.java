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

    /// A part of the config without any secret, which is handed out without asking anybody: the
    /// machine then waits in maintenance mode until its config is pushed to it over TLS. Empty when
    /// the whole config is to be handed out here.
    default Optional<byte[]> withoutSecrets(Mac mac) {
        return Optional.empty();
    }
}
