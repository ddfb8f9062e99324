package dev.ichor.fleet;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Takes a lease and finds out what to boot (RFC 2131 section 3.1, PXE 2.1 section 2.2).
final class DhcpClient {
    /// Firmware asks four times, then gives up (measured with OVMF and iPXE 2.0.0).
    private static final int TRIES = 4;

    private final Hardware hardware;
    private final Lan lan;
    private final Milestones milestones;

    DhcpClient(Hardware hardware, Lan lan, Milestones milestones) {
        this.hardware = hardware;
        this.lan = lan;
        this.milestones = milestones;
    }

    /// What to load and from where.
    record Target(Ip4 server, String file) {}

    private record Offers(@Nullable DhcpPacket lease, @Nullable DhcpPacket proxy) {
        Offers with(DhcpPacket offer) {
            return offer.yiaddr() != 0 ? new Offers(offer, proxy) : new Offers(lease, offer);
        }

        boolean both() {
            return lease != null && proxy != null;
        }
    }

    /// One attempt of that boot program.
    ///
    /// @return empty when nobody tells it what to boot
    Optional<Target> boot(Persona persona) throws IOException, InterruptedException {
        try (DhcpExchange x = DhcpExchange.open(lan, lan.client(hardware.ip()))) {
            for (int i = 0; i < TRIES; i++) {
                x.broadcast(persona.packet(MessageType.DISCOVER, x.xid(), hardware).build());
                milestones.reached(Stage.DISCOVERED);
                Offers offers = collect(x, persona, wait(persona, i));
                if (refuses(i)) {
                    continue;
                }
                if (offers.lease() != null
                        && (offers.proxy() != null || bootable(offers.lease()))) {
                    milestones.reached(Stage.OFFERED);
                    return take(x, persona, offers.lease(), offers.proxy());
                }
                if (offers.lease() != null && !persona.patient()) {
                    // It would take the lease and say "Nothing to boot"; UEFI asks again.
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    private boolean refuses(int attempt) {
        return lan.plays(hardware, Mishap.NO_OFFER_TAKEN)
                || attempt < 2 && lan.plays(hardware, Mishap.PORT_4011_BLOCKED);
    }

    /// Takes a lease as any computer does, without a word of network boot.
    void lease() throws IOException, InterruptedException {
        try (DhcpExchange x = DhcpExchange.open(lan, lan.client(hardware.ip()))) {
            for (int i = 0; i < TRIES; i++) {
                x.broadcast(plain(MessageType.DISCOVER, x.xid()).build());
                Optional<DhcpPacket> offer = x.receive(x.in(lan.pace().dhcpTry()));
                if (offer.filter(o -> o.yiaddr() != 0).isPresent()
                        && request(x, plain(MessageType.REQUEST, x.xid()), offer.get())) {
                    return;
                }
            }
        }
    }

    private DhcpBuilder plain(MessageType type, int xid) {
        return DhcpBuilder.request(type, xid, hardware.mac().bytes())
                .option(DhcpOption.HOST_NAME, hardware.model().replace(' ', '-'));
    }

    private static boolean bootable(DhcpPacket lease) {
        return !lease.bootFile().isEmpty();
    }

    private Duration wait(Persona persona, int attempt) {
        Duration first = persona.patient() ? lan.pace().pxeWindow() : lan.pace().dhcpTry();
        return first.multipliedBy(1L << attempt);
    }

    private static Offers collect(DhcpExchange x, Persona persona, Duration window)
            throws IOException {
        Instant until = x.in(window);
        Offers offers = new Offers(null, null);
        while (persona.patient() || !offers.both()) {
            Optional<DhcpPacket> in = x.receive(until);
            if (in.isEmpty()) {
                return offers;
            }
            offers = in.filter(DhcpClient::offer).map(offers::with).orElse(offers);
        }
        return offers;
    }

    /// A proxy counts only when it calls itself PXEClient.
    private static boolean offer(DhcpPacket p) {
        return p.messageType().filter(t -> t == MessageType.OFFER).isPresent()
                && (p.yiaddr() != 0 || p.vendorClass().startsWith("PXEClient"));
    }

    private Optional<Target> take(
            DhcpExchange x, Persona persona, DhcpPacket lease, @Nullable DhcpPacket proxy)
            throws IOException, InterruptedException {
        return request(x, persona.packet(MessageType.REQUEST, x.xid(), hardware), lease)
                ? choose(x, persona, lease, proxy)
                : Optional.empty();
    }

    /// Takes the lease; false when the router does not confirm it.
    private boolean request(DhcpExchange x, DhcpBuilder words, DhcpPacket lease)
            throws IOException {
        DhcpPacket request =
                words.address(DhcpOption.REQUESTED_IP, lease.yiaddr())
                        .address(DhcpOption.SERVER_ID, lease.serverId())
                        .build();
        for (int i = 0; i < TRIES; i++) {
            x.broadcast(request);
            if (acknowledged(x, lease.serverId(), x.in(lan.pace().dhcpTry()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean acknowledged(DhcpExchange x, int server, Instant until)
            throws IOException {
        while (true) {
            Optional<DhcpPacket> in = x.receive(until);
            if (in.isEmpty()) {
                return false;
            }
            if (in.get().serverId() == server
                    && in.get().messageType().filter(t -> t == MessageType.ACK).isPresent()) {
                return true;
            }
        }
    }

    private Optional<Target> choose(
            DhcpExchange x, Persona persona, DhcpPacket lease, @Nullable DhcpPacket proxy)
            throws IOException, InterruptedException {
        if (proxy == null || (bootable(lease) && !persona.patient())) {
            return Optional.of(target(lease));
        }
        boolean complete = proxy.siaddr() != 0 && !proxy.bootFile().isEmpty();
        boolean askFurther =
                persona.patient() && proxy.option(DhcpOption.VENDOR_SPECIFIC).isEmpty();
        return complete && !askFurther
                ? Optional.of(target(proxy))
                : askBootServer(x, persona, proxy);
    }

    /// Port 4011 (PXE 2.1 section 2.2.4): UEFI asks from the same port, iPXE from the client's.
    private Optional<Target> askBootServer(DhcpExchange x, Persona persona, DhcpPacket proxy)
            throws IOException, InterruptedException {
        lan.hangs(hardware, Mishap.PORT_4011_BLOCKED);
        int server = proxy.siaddr() != 0 ? proxy.siaddr() : proxy.serverId();
        InetSocketAddress to = new InetSocketAddress(new Ip4(server).inet(), lan.wire().pxe());
        if (!persona.patient()) {
            return ask(x, persona, to);
        }
        InetSocketAddress own = new InetSocketAddress(hardware.ip().inet(), lan.wire().pxe());
        try (DhcpExchange pxe = DhcpExchange.open(lan, own)) {
            return ask(pxe, persona, to);
        }
    }

    private Optional<Target> ask(DhcpExchange x, Persona persona, InetSocketAddress to)
            throws IOException {
        DhcpPacket question =
                persona.packet(MessageType.REQUEST, x.xid(), hardware)
                        .ciaddr(hardware.ip().bits())
                        .build();
        for (int i = 0; i < TRIES; i++) {
            x.send(question, to);
            Optional<DhcpPacket> answer = x.receive(x.in(lan.pace().dhcpTry()));
            if (answer.isPresent()
                    && answer.get().messageType().filter(t -> t == MessageType.ACK).isPresent()) {
                return Optional.of(target(answer.get()));
            }
        }
        return Optional.empty();
    }

    private static Target target(DhcpPacket p) {
        return new Target(new Ip4(p.siaddr()), p.bootFile());
    }
}
