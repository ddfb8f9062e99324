package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Hears the clients on ports 67 and 4011, and answers when it has something to say.
final class DhcpService implements AutoCloseable {
    static final String DHCP = "dhcp";
    static final String PXE = "pxe";

    private final Wire wire;
    private final @Nullable Proxy proxy;
    private final Predicate<Mac> known;
    private final boolean hearAll;
    private final Clients clients;
    private final Reporter reporter;
    private final Echo echo = new Echo();

    private final DhcpSockets broadcast;
    private final @Nullable DhcpSockets pxe;

    /// Opens the sockets and listens at once.
    ///
    /// @param proxy null to stay silent
    /// @param hearAll whether to tell of clients that neither boot from the network nor are known
    DhcpService(
            Setup setup, @Nullable Proxy proxy, boolean hearAll, Clients clients, Reporter reporter)
            throws IOException {
        this.wire = setup.wire();
        this.proxy = proxy;
        this.known = setup.known();
        this.hearAll = hearAll;
        this.clients = clients;
        this.reporter = reporter;
        this.broadcast = DhcpSockets.open(setup.address(), wire.dhcpServer(), DHCP, reporter);
        this.pxe = proxy == null ? null : openPxe(setup);
        broadcast.listen(this::heard);
        if (pxe != null) {
            pxe.listen(this::asked);
        }
    }

    private DhcpSockets openPxe(Setup setup) throws IOException {
        try {
            return DhcpSockets.open(setup.address(), wire.pxe(), PXE, reporter);
        } catch (IOException e) {
            broadcast.close();
            throw Binding.problem(e, setup.address(), "UDP port " + wire.pxe(), wire.pxe());
        }
    }

    int port() {
        return broadcast.port();
    }

    @Nullable Integer pxePort() {
        return pxe == null ? null : pxe.port();
    }

    /// A packet on port 67.
    private void heard(ByteBuffer bytes, InetSocketAddress from) {
        Optional<DhcpPacket> parsed = parse(bytes, from);
        if (parsed.isEmpty() || echo.seen(parsed.get(), System.nanoTime())) {
            return;
        }
        DhcpPacket p = parsed.get();
        if (p.op() == DhcpPacket.BOOTREPLY) {
            otherServer(p, from);
            return;
        }
        Mac mac = Mac.of(p.chaddr());
        int repeats = note(p, mac);
        if (proxy != null && known.test(mac)) {
            answer(mac, proxy.toBroadcast(p, repeats), broadcast, toEveryone(p));
        }
    }

    /// A packet on port 4011.
    private void asked(ByteBuffer bytes, InetSocketAddress from) {
        Optional<DhcpPacket> parsed = parse(bytes, from);
        if (parsed.isEmpty() || proxy == null || pxe == null) {
            return;
        }
        DhcpPacket p = parsed.get();
        Mac mac = Mac.of(p.chaddr());
        if (known.test(mac)) {
            answer(mac, proxy.toBootServer(p), pxe, List.of(from));
        }
    }

    private Optional<DhcpPacket> parse(ByteBuffer bytes, InetSocketAddress from) {
        Optional<DhcpPacket> parsed = DhcpPacket.parse(bytes);
        if (parsed.isEmpty()) {
            reporter.stray(
                    ip(from).toString(), "broken DHCP packet of " + bytes.limit() + " bytes");
        }
        return parsed;
    }

    /// Remembers and tells what a client's packet says.
    ///
    /// @return how many DISCOVERs of this transaction came
    private int note(DhcpPacket p, Mac mac) {
        boolean pxeClient = Proxy.isPxe(p);
        if (!pxeClient && !hearAll && !known.test(mac)) {
            return 0;
        }
        MessageType type = p.messageType().orElse(MessageType.INFORM);
        if (type != MessageType.DISCOVER && type != MessageType.REQUEST) {
            return 0;
        }
        reporter.tellPacket(
                type == MessageType.DISCOVER ? p.xid() : ~p.xid(),
                at ->
                        new BootEvent.Heard(
                                at,
                                mac,
                                pxeClient,
                                p.isIpxe(),
                                Arch.firmware(p.arch()),
                                p.uuid(),
                                p.xid()));
        if (type == MessageType.DISCOVER) {
            return clients.discovered(mac, p.arch(), p.isIpxe(), p.xid(), reporter.now()).repeats();
        }
        Ip4 ip = new Ip4(p.requestedIp() != 0 ? p.requestedIp() : p.ciaddr());
        if (!ip.equals(Ip4.NONE)) {
            clients.requested(mac, p.arch(), p.isIpxe(), ip, reporter.now());
            reporter.tellPacket(p.xid(), at -> new BootEvent.Leased(at, mac, ip));
        }
        return 0;
    }

    private void otherServer(DhcpPacket p, InetSocketAddress from) {
        Ip4 id = p.serverId() != 0 ? new Ip4(p.serverId()) : ip(from);
        if (!id.equals(broadcast.address())) {
            reporter.tellSeldom(at -> new BootEvent.OtherServer(at, id, p.bootFile()));
        }
    }

    /// Always by broadcast, whatever the flags say: the client has no address, and nobody else may
    /// answer ARP for it. Through a relay it is the relay's work (RFC 2131 section 4.1).
    private List<InetSocketAddress> toEveryone(DhcpPacket p) {
        return p.giaddr() == 0
                ? wire.everyone().get()
                : List.of(new InetSocketAddress(new Ip4(p.giaddr()).inet(), wire.dhcpServer()));
    }

    private void answer(
            Mac mac, Proxy.Answer answer, DhcpSockets from, List<InetSocketAddress> to) {
        switch (answer) {
            case Proxy.Answer.Offer(DhcpPacket packet, String file) -> {
                if (from.send(packet.encode(), to)) {
                    reporter.tellPacket(packet.xid(), at -> new BootEvent.Offered(at, mac, file));
                }
            }
            case Proxy.Answer.Ignore(String reason, boolean tell) -> {
                if (tell) {
                    reporter.once(mac.toString(), reason);
                }
            }
        }
    }

    private static Ip4 ip(InetSocketAddress from) {
        return Ip4.of(from.getAddress()).orElse(Ip4.NONE);
    }

    @Override
    public void close() {
        broadcast.close();
        if (pxe != null) {
            pxe.close();
        }
    }
}
