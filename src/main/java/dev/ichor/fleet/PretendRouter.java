package dev.ichor.fleet;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Subnet;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The home's router: leases addresses (RFC 2131) and, unless it is badly set, says nothing about
/// network boot. It keeps one address for every machine of the drawer and a few for strangers, and
/// answers relays, too.
final class PretendRouter implements AutoCloseable {
    private static final int LEASE_SECONDS = 86_400;

    /// Addresses at the end of the network for machines nobody knows.
    private static final int GUESTS = 8;

    private static final int PACKET = 1_500;

    private final DatagramSocket socket;
    private final Ip4 own;
    private final Subnet subnet;
    private final Map<Mac, Ip4> reserved;
    private final Function<Mac, String> files;
    private final Map<Ip4, Mac> leases = new ConcurrentHashMap<>();

    private PretendRouter(
            DatagramSocket socket,
            Ip4 own,
            Subnet subnet,
            Map<Mac, Ip4> reserved,
            Function<Mac, String> files) {
        this.socket = socket;
        this.own = own;
        this.subnet = subnet;
        this.reserved = Map.copyOf(reserved);
        this.files = files;
    }

    /// Listens and answers until it is closed.
    ///
    /// @param port of DHCP servers on this wire
    /// @param reserved addresses kept for machines
    /// @param files what it names a machine to boot, or empty
    static PretendRouter start(
            Block block, int port, Map<Mac, Ip4> reserved, Function<Mac, String> files)
            throws IOException {
        Ip4 own = block.router();
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(own.inet(), port));
        PretendRouter router = new PretendRouter(socket, own, block.subnet(), reserved, files);
        Thread.ofVirtual().name("pretend router").start(router::serve);
        return router;
    }

    /// Who has taken which address so far.
    Map<Ip4, Mac> leases() {
        return Map.copyOf(leases);
    }

    private void serve() {
        byte[] buffer = new byte[PACKET];
        while (!socket.isClosed()) {
            try {
                DatagramPacket in = new DatagramPacket(buffer, buffer.length);
                socket.receive(in);
                answer(ByteBuffer.wrap(buffer, 0, in.getLength()), in.getSocketAddress());
            } catch (IOException e) {
                // Closed, or a client's port is gone: a router does not mind.
                continue;
            }
        }
    }

    private void answer(ByteBuffer bytes, SocketAddress from) throws IOException {
        Optional<DhcpPacket> request = DhcpPacket.parse(bytes);
        Optional<DhcpPacket> reply = request.flatMap(this::reply);
        if (request.isPresent() && reply.isPresent()) {
            byte[] out = reply.get().encode();
            socket.send(new DatagramPacket(out, out.length, target(request.get(), from)));
            if (!reply.get().bootFile().isEmpty()) {
                // The PC asks by a broadcast who else names what to boot; loopback has none.
                InetSocketAddress pc =
                        new InetSocketAddress(subnet.address().inet(), socket.getLocalPort());
                socket.send(new DatagramPacket(out, out.length, pc));
            }
        }
    }

    /// RFC 2131 section 4.1: a relay is answered on the servers' port.
    private SocketAddress target(DhcpPacket request, SocketAddress from) {
        return request.giaddr() == 0
                ? from
                : new InetSocketAddress(new Ip4(request.giaddr()).inet(), socket.getLocalPort());
    }

    private Optional<DhcpPacket> reply(DhcpPacket request) {
        if (request.op() != DhcpPacket.BOOTREQUEST) {
            return Optional.empty();
        }
        Mac mac = Mac.of(request.chaddr());
        Ip4 ip = reserved.getOrDefault(mac, guest(mac));
        return request.messageType()
                .flatMap(type ->
                        switch (type) {
                            case DISCOVER -> Optional.of(grant(request, MessageType.OFFER, ip));
                            case REQUEST -> confirm(request, mac, ip);
                            case OFFER, ACK, NAK, DECLINE, RELEASE, INFORM -> Optional.empty();
                        });
    }

    private Optional<DhcpPacket> confirm(DhcpPacket request, Mac mac, Ip4 ip) {
        if (request.serverId() != own.bits()) {
            return Optional.empty();
        }
        if (request.requestedIp() != ip.bits()) {
            return Optional.of(
                    DhcpBuilder.reply(request, MessageType.NAK)
                            .address(DhcpOption.SERVER_ID, own.bits())
                            .build());
        }
        leases.put(ip, mac);
        return Optional.of(grant(request, MessageType.ACK, ip));
    }

    private DhcpPacket grant(DhcpPacket request, MessageType type, Ip4 ip) {
        String file = files.apply(Mac.of(request.chaddr()));
        DhcpBuilder b = DhcpBuilder.reply(request, type);
        return (file.isEmpty() ? b : b.option(DhcpOption.BOOT_FILE, file))
                .yiaddr(ip.bits())
                .siaddr(own.bits())
                .address(DhcpOption.SERVER_ID, own.bits())
                .address(DhcpOption.LEASE_TIME, LEASE_SECONDS)
                .address(DhcpOption.SUBNET_MASK, -1 << (Integer.SIZE - subnet.prefix()))
                .address(DhcpOption.ROUTER, own.bits())
                .address(DhcpOption.DNS, own.bits())
                .build();
    }

    private Ip4 guest(Mac mac) {
        return subnet.last().plus(-1 - (int) (mac.value() % GUESTS));
    }

    @Override
    public void close() {
        socket.close();
    }
}
