package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// What hosts are called: each is asked itself by multicast DNS and by NetBIOS, and the network's
/// DNS servers, as a router is one, are asked backwards for each.
final class HostNames {
    private static final int LARGEST = 1500;

    private final int mdns;
    private final int netbios;
    private final int dns;

    /// @param mdns port of the multicast DNS responders
    /// @param netbios port of the NetBIOS name services
    /// @param dns port of the DNS servers
    HostNames(int mdns, int netbios, int dns) {
        this.mdns = mdns;
        this.netbios = netbios;
        this.dns = dns;
    }

    static HostNames standard() {
        return new HostNames(NamePacket.MDNS_PORT, NamePacket.NETBIOS_PORT, NamePacket.DNS_PORT);
    }

    /// Asks all hosts at once and hears answers for `patience`; the first answer of a host counts.
    ///
    /// @param self our address on that network
    /// @param servers those of the hosts that are DNS servers
    /// @throws IOException when no socket can be opened there
    void ask(
            Ip4 self,
            Collection<Ip4> hosts,
            Set<Ip4> servers,
            Duration patience,
            BiConsumer<Ip4, String> named)
            throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(self.inet(), 0))) {
            for (Ip4 host : hosts) {
                send(socket, NamePacket.ptr(host), host, mdns);
                send(socket, NamePacket.nodeStatus(), host, netbios);
                for (Ip4 server : servers) {
                    send(socket, NamePacket.ptr(host), server, dns);
                }
            }
            hear(socket, new HashSet<>(hosts), System.nanoTime() + patience.toNanos(), named);
        }
    }

    private static void send(DatagramSocket socket, byte[] question, Ip4 host, int port) {
        try {
            socket.send(new DatagramPacket(question, question.length, host.inet(), port));
        } catch (IOException e) {
            // A host that cannot be reached has no name to tell.
        }
    }

    private void hear(
            DatagramSocket socket, Set<Ip4> open, long until, BiConsumer<Ip4, String> named)
            throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (!open.isEmpty()) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            socket.setSoTimeout((int) left);
            packet.setLength(LARGEST);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return;
            } catch (java.net.PortUnreachableException e) {
                continue;
            }
            about(packet)
                    .filter(open::contains)
                    .ifPresent(ip ->
                            NamePacket.name(
                                            ByteBuffer.wrap(
                                                    packet.getData(), 0, packet.getLength()))
                                    .ifPresent(name -> {
                                        open.remove(ip);
                                        named.accept(ip, name);
                                    }));
        }
    }

    /// A host answers for itself, a DNS server for the one that was asked about.
    private Optional<Ip4> about(DatagramPacket packet) {
        return packet.getPort() == dns
                ? NamePacket.asked(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()))
                : Ip4.of(packet.getAddress());
    }
}
