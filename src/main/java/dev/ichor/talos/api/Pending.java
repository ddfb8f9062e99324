package dev.ichor.talos.api;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.util.Optional;

/// What machines that wait in maintenance mode are to get.
public interface Pending {
    /// Its config, when it may have it now and its disk is known.
    ///
    /// @param at where it waits
    /// @throws IOException when it cannot be rendered
    Optional<String> config(Mac mac, Ip4 at) throws IOException;

    /// Its config was pushed to it, or may have been.
    void pushed(Mac mac, String config);

    /// Whether the owner wants to see its disks first.
    boolean asksForDisk(Mac mac);
}
