package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;

/// Makes the system ask for the MAC of hosts, by sending something harmless to them.
@FunctionalInterface
public interface Poke {
    /// The discard service: who listens there throws the datagram away (RFC 863).
    int DISCARD_PORT = 9;

    /// Sends to each host from our address `self`; single unreachable hosts are not an error.
    ///
    /// @throws IOException when nothing can be sent from `self`
    void poke(Ip4 self, List<Ip4> hosts) throws IOException;

    /// An empty UDP datagram; needs no rights.
    static Poke udp() {
        return Poke::sendEmpty;
    }

    private static void sendEmpty(Ip4 self, List<Ip4> hosts) throws IOException {
        @Nullable IOException last = null;
        int sent = 0;
        try (var socket = new DatagramSocket(new InetSocketAddress(self.inet(), 0))) {
            for (Ip4 host : hosts) {
                try {
                    socket.send(new DatagramPacket(new byte[0], 0, host.inet(), DISCARD_PORT));
                    sent++;
                } catch (IOException e) {
                    last = e; // one host refused by a filter, or a full table: the others may do
                }
            }
        }
        if (sent == 0 && last != null) {
            throw last;
        }
    }
}
