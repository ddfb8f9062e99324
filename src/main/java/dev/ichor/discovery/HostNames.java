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
import java.util.Set;
import java.util.function.BiConsumer;

/// What hosts call themselves: each is asked directly by multicast DNS and by NetBIOS.
final class HostNames {
    private static final int LARGEST = 1500;

    private final int mdns;
    private final int netbios;

    /// @param mdns port of the multicast DNS responders
    /// @param netbios port of the NetBIOS name services
    HostNames(int mdns, int netbios) {
        this.mdns = mdns;
        this.netbios = netbios;
    }

    static HostNames standard() {
        return new HostNames(NamePacket.MDNS_PORT, NamePacket.NETBIOS_PORT);
    }

    /// Asks all hosts at once and hears answers for `patience`; the first answer of a host counts.
    ///
    /// @param self our address on that network
    /// @throws IOException when no socket can be opened there
    void ask(Ip4 self, Collection<Ip4> hosts, Duration patience, BiConsumer<Ip4, String> named)
            throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(self.inet(), 0))) {
            for (Ip4 host : hosts) {
                send(socket, NamePacket.ptr(host), host, mdns);
                send(socket, NamePacket.nodeStatus(), host, netbios);
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

    private static void hear(
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
            Ip4.of(packet.getAddress())
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
}
