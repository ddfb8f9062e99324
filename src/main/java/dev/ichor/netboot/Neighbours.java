package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.util.Optional;

/// The system's neighbour (ARP) table.
@FunctionalInterface
public interface Neighbours {
    /// The MAC that answers for an address, if there is an entry.
    Optional<Mac> macOf(Ip4 ip);
}
