package dev.ichor.talos.api;

import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.util.Optional;

/// What machines that wait in maintenance mode are to get.
public interface Pending {
    /// Its config, when the owner has approved the machine and its disk is known.
    ///
    /// @throws IOException when it cannot be rendered
    Optional<String> config(Mac mac) throws IOException;

    /// Whether the owner wants to see its disks first.
    boolean asksForDisk(Mac mac);
}
