package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.util.Map;

/// Which MAC the system has learnt by ARP for each address (RFC 826).
@FunctionalInterface
public interface NeighbourTable {
    /// The complete entries, as they are now.
    ///
    /// @throws IOException when the system does not tell
    Map<Ip4, Mac> read() throws IOException;

    /// The table of the system this runs on.
    static NeighbourTable system() {
        throw new UnsupportedOperationException();
    }
}
