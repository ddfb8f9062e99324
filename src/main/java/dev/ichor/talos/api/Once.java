package dev.ichor.talos.api;

import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.util.Optional;

/// Remembers over restarts of this program that etcd was bootstrapped: once in a cluster's life.
public interface Once {
    /// Where etcd was told to begin, or was about to be told: no other machine may be.
    ///
    /// @throws IOException when it cannot be read
    Optional<Mac> begun() throws IOException;

    /// Remembered before the machine is told.
    ///
    /// @throws IOException when it cannot be written; the machine is not told then
    void begin(Mac mac) throws IOException;

    /// Whether etcd was seen running.
    ///
    /// @throws IOException when it cannot be read
    boolean done() throws IOException;

    /// etcd was seen running.
    ///
    /// @throws IOException when it cannot be written
    void finish() throws IOException;
}
