package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The only DHCP server of an isolated cable or switch (RFC 2131). Stops for good as soon as
/// another one is heard: two that do not know of each other give one address twice.
///
/// Names neither router nor name server: this PC is none.
final class LeaseServer implements AutoCloseable {
    static final String LEASE = "lease";

    private static final String BOOK = "lease list";
    private static final int BEAT_SECONDS = 1;

    private final Setup setup;
    private final DhcpRole.Lease role;
    private final Proxy proxy;
    private final DhcpSockets sockets;
    private final Reporter reporter;
    private final Leases leases;
    private final OtherServers others;
    private final Later later = new Later("lease-list");
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("other-dhcp-servers").factory());
    private volatile Map<Ip4, Mac> neighbours;
    private volatile boolean stopped;

    /// @param proxy says what to boot
    /// @throws IOException when the leases of last time cannot be read
    LeaseServer(
            Setup setup, DhcpRole.Lease role, Proxy proxy, DhcpSockets sockets, Reporter reporter)
            throws IOException {
        this.setup = setup;
        this.role = role;
        this.proxy = proxy;
        this.sockets = sockets;
        this.reporter = reporter;
        Pool pool = Pool.of(role.subnet());
        this.leases = new Leases(pool, setup.known());
        leases.restore(role.book().read());
        this.neighbours = role.neighbours().get();
        this.others = new OtherServers(setup.address(), role.random(), false, reporter.now());
        reporter.up(LEASE, pool.toString());
        watch.scheduleWithFixedDelay(this::look, 0, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            Optional<DhcpPacket> question = others.question(reporter.now());
            if (question.isPresent() && !stopped) {
                sockets.send(question.get().encode(), servers());
                neighbours = role.neighbours().get();
            }
        } catch (RuntimeException e) {
            Log.of(LeaseServer.class)
                    .log(System.Logger.Level.WARNING, "could not look for other servers", e);
        }
    }

    private List<InetSocketAddress> servers() {
        return role.servers().isEmpty()
                ? List.of(at(Ip4.BROADCAST, sockets.port()))
                : role.servers();
    }

    /// Another server answered; one that gives no address is a ProxyDHCP server.
    void otherServer(DhcpPacket p, Ip4 id) {
        if (p.yiaddr() != 0) {
            stop(id);
        }
    }

    private void stop(Ip4 id) {
        if (!stopped) {
            stopped = true;
            reporter.down(
                    LEASE,
                    "Another DHCP server, "
                            + id
                            + ", is on this network. Ichor gives out no addresses any more:"
                            + " machines would get one twice. Unplug the other one and start"
                            + " again, or serve with --dhcp proxy beside it.");
        }
    }

    /// @param repeats how many DISCOVERs of this transaction came
    Proxy.Answer answer(DhcpPacket p, int repeats) {
        if (stopped || p.giaddr() != 0) {
            return silent("not ours");
        }
        Mac mac = Mac.of(p.chaddr());
        Instant now = reporter.now();
        return switch (p.messageType().orElse(MessageType.NAK)) {
            case DISCOVER ->
                    leases.offer(mac, new Ip4(p.requestedIp()), neighbours, now)
                            .<Proxy.Answer>map(ip -> given(p, MessageType.OFFER, ip, repeats))
                            .orElseGet(() ->
                                    new Proxy.Answer.Ignore(
                                            "There is no free address for it.", true));
            case REQUEST -> saved(request(p, mac, repeats, now));
            case INFORM -> boot(common(p, MessageType.ACK).ciaddr(p.ciaddr()), p, mac, repeats);
            case DECLINE -> {
                leases.decline(mac, new Ip4(p.requestedIp()), now);
                yield saved(silent("It declined its address."));
            }
            case RELEASE -> {
                leases.release(mac, new Ip4(p.ciaddr()), now);
                yield saved(silent("It gave its address back."));
            }
            case OFFER, ACK, NAK -> silent("not a client's packet");
        };
    }

    /// RFC 2131 section 4.3.2: with a server identifier it chooses among offers; without, it asks
    /// whether its address still holds.
    private Proxy.Answer request(DhcpPacket p, Mac mac, int repeats, Instant now) {
        Ip4 server = new Ip4(p.serverId());
        if (!server.equals(Ip4.NONE) && !server.equals(setup.address())) {
            leases.forgetOffer(mac);
            stop(server);
            return silent("It took another server's offer.");
        }
        Ip4 ip = new Ip4(p.ciaddr() != 0 ? p.ciaddr() : p.requestedIp());
        if (leases.bind(mac, ip, now)) {
            return given(p, MessageType.ACK, ip, repeats);
        }
        boolean unheardOf = server.equals(Ip4.NONE) && p.ciaddr() == 0 && leases.had(mac).isEmpty();
        return unheardOf && role.subnet().contains(ip)
                ? silent("It has no lease of ours.")
                : new Proxy.Answer.Offer(
                        DhcpBuilder.reply(p, MessageType.NAK)
                                .address(DhcpOption.SERVER_ID, setup.address().bits())
                                .build(),
                        "");
    }

    private Proxy.Answer given(DhcpPacket p, MessageType type, Ip4 ip, int repeats) {
        int seconds = (int) Leases.TIME.toSeconds();
        DhcpBuilder b =
                common(p, type)
                        .ciaddr(type == MessageType.ACK ? p.ciaddr() : 0)
                        .yiaddr(ip.bits())
                        .address(DhcpOption.LEASE_TIME, seconds)
                        // Half and seven eighths, RFC 2131 section 4.4.5.
                        .address(DhcpOption.RENEWAL_TIME, seconds / 2)
                        .address(DhcpOption.REBINDING_TIME, seconds / 8 * 7);
        return boot(b, p, Mac.of(p.chaddr()), repeats);
    }

    private DhcpBuilder common(DhcpPacket p, MessageType type) {
        return DhcpBuilder.reply(p, type)
                .address(DhcpOption.SERVER_ID, setup.address().bits())
                .address(DhcpOption.SUBNET_MASK, role.subnet().mask().bits());
    }

    private Proxy.Answer boot(DhcpBuilder b, DhcpPacket p, Mac mac, int repeats) {
        return setup.boots(mac)
                ? proxy.withLease(b, p, repeats)
                : new Proxy.Answer.Offer(b.build(), "");
    }

    /// Where an answer goes (RFC 2131 section 4.1): who has an address is told there, all others by
    /// broadcast, for we cannot answer ARP for them.
    List<InetSocketAddress> to(DhcpPacket p, Proxy.Answer answer) {
        boolean refused =
                answer instanceof Proxy.Answer.Offer(DhcpPacket packet, String _)
                        && packet.messageType().filter(MessageType.NAK::equals).isPresent();
        return p.ciaddr() == 0 || refused
                ? setup.wire().everyone().get()
                : List.of(at(new Ip4(p.ciaddr()), setup.wire().dhcpClient()));
    }

    private static InetSocketAddress at(Ip4 ip, int port) {
        return new InetSocketAddress(ip.inet(), port);
    }

    private static Proxy.Answer silent(String reason) {
        return new Proxy.Answer.Ignore(reason, false);
    }

    private Proxy.Answer saved(Proxy.Answer answer) {
        later.run(this::save);
        return answer;
    }

    private void save() {
        try {
            role.book().write(leases.lines());
            reporter.upAgain(BOOK);
        } catch (IOException e) {
            reporter.down(
                    BOOK,
                    "The addresses given out could not be saved: "
                            + e.getMessage()
                            + ". After a restart machines may be asked to begin anew.");
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        later.close();
    }
}
