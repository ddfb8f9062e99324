package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;

import java.io.IOException;
import java.util.List;

/// Makes the system ask for the MAC of hosts, by sending something harmless to them.
@FunctionalInterface
public interface Poke {
    /// Sends to each host from our address `self`; unreachable hosts are not an error.
    ///
    /// @throws IOException when nothing can be sent from `self`
    void poke(Ip4 self, List<Ip4> hosts) throws IOException;

    /// An empty UDP datagram to the discard port (RFC 863); needs no rights.
    static Poke udp() {
        throw new UnsupportedOperationException();
    }
}
