package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Hears the clients on ports 67 and 4011, and answers when it has something to say.
final class DhcpService implements AutoCloseable {
    static final String DHCP = "dhcp";
    static final String PXE = "pxe";

    /// Octets of an Ethernet address, the only kind we know machines by.
    private static final int MAC_SIZE = 6;

    private final Setup setup;
    private final @Nullable Proxy proxy;
    private final @Nullable LeaseServer leases;
    private final boolean hearAll;
    private final Clients clients;
    private final Reporter reporter;
    private final DhcpNews news;
    private final Echo echo = new Echo();

    private final DhcpSockets broadcast;
    private final @Nullable DhcpSockets pxe;
    private final @Nullable ScheduledExecutorService watch;

    /// Opens the sockets and listens at once.
    ///
    /// @param proxy null to stay silent
    /// @param hearAll whether to tell of clients that neither boot from the network nor are known
    DhcpService(
            Setup setup, @Nullable Proxy proxy, boolean hearAll, Clients clients, Reporter reporter)
            throws IOException {
        this.setup = setup;
        this.proxy = proxy;
        this.hearAll = hearAll;
        this.clients = clients;
        this.reporter = reporter;
        int port = setup.wire().dhcpServer();
        this.broadcast = DhcpSockets.open(setup.address(), port, DHCP, reporter);
        this.pxe = proxy == null ? null : openPxe();
        this.news = new DhcpNews(reporter, setup.known());
        this.leases =
                proxy != null && setup.dhcp() instanceof DhcpRole.Lease role
                        ? new LeaseServer(setup, role, proxy, broadcast, reporter)
                        : null;
        this.watch = watch(setup);
        broadcast.listen(this::heard);
        if (pxe != null) {
            pxe.listen(this::asked);
        }
    }

    /// Beside the router, another server that names what to boot may come at any time.
    private @Nullable ScheduledExecutorService watch(Setup setup) {
        if (proxy == null
                || !(setup.dhcp() instanceof DhcpRole.Proxy)
                || setup.address().inet().isLoopbackAddress()) {
            return null;
        }
        Instant now = reporter.now();
        OtherServers others =
                new OtherServers(
                        setup.address(), new SplittableRandom(now.toEpochMilli()), true, now);
        InetSocketAddress all = new InetSocketAddress(Ip4.BROADCAST.inet(), broadcast.port());
        ScheduledExecutorService beat =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("other-boot-servers").factory());
        beat.scheduleWithFixedDelay(
                () ->
                        others.question(reporter.now())
                                .ifPresent(q -> broadcast.send(q.encode(), List.of(all))),
                0,
                1,
                TimeUnit.SECONDS);
        return beat;
    }

    /// Boot servers are asked here at their address; broadcasts go to the other port (PXE 2.1).
    private DhcpSockets openPxe() throws IOException {
        int port = setup.wire().pxe();
        try {
            return DhcpSockets.unicast(setup.address(), port, PXE, reporter);
        } catch (IOException e) {
            broadcast.close();
            throw Binding.problem(e, setup.address(), "UDP port " + port, port);
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
        } else if (p.giaddr() != setup.address().bits()) { // else our own question to a router
            client(p, Mac.of(p.chaddr()));
        }
    }

    private void client(DhcpPacket p, Mac mac) {
        int repeats = note(p, mac);
        if (leases != null) {
            Proxy.Answer answer = leases.answer(p, repeats);
            answer(mac, answer, broadcast, leases.to(p, answer));
        } else if (proxy != null && setup.boots(mac)) {
            answer(mac, proxy.toBroadcast(p, repeats), broadcast, toEveryone(p));
        }
    }

    /// A packet on port 4011.
    private void asked(ByteBuffer bytes, InetSocketAddress from) {
        Optional<DhcpPacket> parsed = parse(bytes, from);
        if (parsed.isEmpty() || proxy == null || pxe == null) {
            return;
        }
        Mac mac = Mac.of(parsed.get().chaddr());
        if (setup.boots(mac)) {
            answer(mac, proxy.toBootServer(parsed.get()), pxe, List.of(from));
        }
    }

    private Optional<DhcpPacket> parse(ByteBuffer bytes, InetSocketAddress from) {
        Optional<DhcpPacket> parsed =
                DhcpPacket.parse(bytes)
                        .filter(p -> p.hlen() == MAC_SIZE || p.op() == DhcpPacket.BOOTREPLY);
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
        if (!hearAll && !Proxy.isPxe(p) && !setup.known().test(mac)) {
            return 0;
        }
        MessageType type = p.messageType().orElse(MessageType.INFORM);
        return switch (type) {
            case DISCOVER -> {
                news.heard(p, mac, type);
                yield clients.discovered(mac, Arch.of(p), p.isIpxe(), p.xid(), reporter.now())
                        .repeats();
            }
            case REQUEST -> {
                news.heard(p, mac, type);
                yield took(p, mac);
            }
            default -> 0;
        };
    }

    private int took(DhcpPacket p, Mac mac) {
        Ip4 ip = new Ip4(p.requestedIp() != 0 ? p.requestedIp() : p.ciaddr());
        if (ip.equals(Ip4.NONE)) {
            return 0;
        }
        news.leased(p, mac, ip);
        return clients.requested(mac, Arch.of(p), p.isIpxe(), ip, reporter.now()).repeats();
    }

    private void otherServer(DhcpPacket p, InetSocketAddress from) {
        Ip4 id = p.serverId() != 0 ? new Ip4(p.serverId()) : ip(from);
        if (!id.equals(setup.address())) {
            news.otherServer(id, namesUs(p) ? "" : named(p));
            if (leases != null) {
                leases.otherServer(p, id);
            }
        }
    }

    private static String named(DhcpPacket p) {
        boolean menu = p.bootFile().isEmpty() && p.yiaddr() == 0 && Proxy.isPxe(p);
        return menu ? "a menu of its own" : p.bootFile();
    }

    /// Boot mode B: the router sends machines to this PC.
    private boolean namesUs(DhcpPacket p) {
        return p.siaddr() == setup.address().bits()
                || p.text(DhcpOption.TFTP_SERVER).equals(setup.address().toString());
    }

    /// Always by broadcast, whatever the flags say: the client has no address, and nobody else may
    /// answer ARP for it. Through a relay it is the relay's work (RFC 2131 section 4.1).
    private List<InetSocketAddress> toEveryone(DhcpPacket p) {
        return p.giaddr() == 0
                ? setup.wire().everyone().get()
                : List.of(new InetSocketAddress(new Ip4(p.giaddr()).inet(), broadcast.port()));
    }

    private void answer(
            Mac mac, Proxy.Answer answer, DhcpSockets from, List<InetSocketAddress> to) {
        switch (answer) {
            case Proxy.Answer.Offer(DhcpPacket packet, String file) -> {
                if (from.send(packet.encode(), to) && !file.isEmpty()) {
                    news.offered(packet, mac, file);
                }
            }
            case Proxy.Answer.Ignore(String reason, boolean tell) -> {
                if (tell) {
                    news.ignored(mac, reason);
                }
            }
        }
    }

    private static Ip4 ip(InetSocketAddress from) {
        return Ip4.of(from.getAddress()).orElse(Ip4.NONE);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.shutdownNow();
        }
        if (leases != null) {
            leases.close();
        }
        broadcast.close();
        if (pxe != null) {
            pxe.close();
        }
        news.close();
    }
}
