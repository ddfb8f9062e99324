package dev.ichor.netboot;

import dev.ichor.boot.Content;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.WriteRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Hands out loaders and scripts by TFTP.
///
/// Requests are heard and transfers run on the one thread of [TftpLoop]; what may wait for a disk
/// or for the system is done on a virtual thread for each request.
final class TftpService implements AutoCloseable {
    static final String TFTP = "tftp";

    /// A DHCP packet older than this does not tell who asks now.
    private static final Duration FRESH = Duration.ofSeconds(120);

    private static final int MAX_TRANSFERS = 2048;
    private static final int MAX_OF_ONE_CLIENT = 128;

    /// The same request again within this time is a repeat, not a new wish.
    private static final long REPEAT = Duration.ofSeconds(1).toNanos();

    /// Our OACK and errors are shorter, so they are never cut.
    private static final int MIN_SEGMENT = 256;

    private static final int ETHERNET_MTU = 1500;
    private static final int IP_AND_UDP = 28;

    private final InetAddress own;
    private final int maxDatagram;
    private final Offerings offerings;
    private final Clients clients;
    private final Identity identity;
    private final Reporter reporter;
    private final Offload offload;
    private final Copies copies = new Copies();
    private final TftpLoop loop;

    // Only on the loop's thread.
    private final Map<InetSocketAddress, Slot> slots = new HashMap<>();
    private final Map<InetAddress, Integer> ofClient = new HashMap<>();

    /// What a peer asked for, and the transfer as soon as it runs.
    private static final class Slot {
        final TftpPacket request;
        final long since = System.nanoTime();
        TftpLoop.@Nullable Session session;

        Slot(TftpPacket request) {
            this.request = request;
        }
    }

    /// Who may be told what was handed out.
    ///
    /// @param offerings what there is
    /// @param clients what DHCP packets told
    /// @param identity who is behind an address
    /// @param reporter is told everything
    record Context(Offerings offerings, Clients clients, Identity identity, Reporter reporter) {}

    /// Listens at once.
    ///
    /// @param at port 0 takes any free one
    /// @throws IOException when the port cannot be had
    TftpService(InetSocketAddress at, Context context, Offload offload) throws IOException {
        this.own = at.getAddress();
        this.maxDatagram = mtu(own) - IP_AND_UDP;
        this.offerings = context.offerings;
        this.clients = context.clients;
        this.identity = context.identity;
        this.reporter = context.reporter;
        this.offload = offload;
        this.loop = new TftpLoop(at, new Heard());
        loop.start();
        reporter.up(TFTP, own.getHostAddress() + ":" + port());
    }

    private static int mtu(InetAddress own) {
        try {
            NetworkInterface nic = NetworkInterface.getByInetAddress(own);
            return nic == null ? ETHERNET_MTU : nic.getMTU();
        } catch (SocketException e) {
            return ETHERNET_MTU;
        }
    }

    int port() {
        return loop.port();
    }

    private final class Heard implements TftpLoop.Port {
        @Override
        public void came(ByteBuffer packet, InetSocketAddress from) {
            reporter.upAgain(TFTP);
            Optional<TftpPacket> parsed = TftpPacket.parse(packet);
            if (parsed.orElse(null) instanceof ReadRequest r) {
                request(r, from);
            } else if (parsed.orElse(null) instanceof WriteRequest w) {
                stray(from, "It wants to write " + Nbp.clean(w.name()) + ".");
                request(w, from);
            } else {
                stray(from, "broken TFTP packet of " + packet.limit() + " bytes");
            }
        }

        @Override
        public void strayed(InetSocketAddress from) {
            stray(from, "It sent a packet to the transfer of another machine.");
        }

        @Override
        public void failed(IOException e) {
            reporter.down(TFTP, "It cannot receive: " + e.getMessage() + ".");
        }
    }

    private void stray(InetSocketAddress peer, String what) {
        reporter.stray(ip(peer).toString(), what);
    }

    private void request(TftpPacket request, InetSocketAddress peer) {
        Slot before = slots.get(peer);
        if (before != null && repeats(before, request)) {
            return;
        }
        if (before != null) {
            leave(peer, before);
        }
        if (slots.size() >= MAX_TRANSFERS
                || ofClient.getOrDefault(peer.getAddress(), 0) >= MAX_OF_ONE_CLIENT) {
            stray(peer, "Too many transfers at once; it has to ask again.");
            return;
        }
        Slot slot = new Slot(request);
        slots.put(peer, slot);
        ofClient.merge(peer.getAddress(), 1, Integer::sum);
        Thread.ofVirtual().name("tftp-request").start(() -> prepare(request, peer, slot));
    }

    /// Whether the client only repeats itself; then our first packet is sent again, or is on its
    /// way. A request after that time from the same port is a client that started anew.
    private static boolean repeats(Slot slot, TftpPacket request) {
        if (!slot.request.equals(request)) {
            return false;
        }
        TftpLoop.Session s = slot.session;
        long now = System.nanoTime();
        if (s == null || now - s.transfer().sentAt() < REPEAT && !s.transfer().unanswered()) {
            return true;
        }
        if (s.transfer().unanswered()) {
            s.transfer().start(now);
            return true;
        }
        return false;
    }

    /// Frees the peer's place and ends what runs in it.
    private void leave(InetSocketAddress peer, Slot slot) {
        if (slots.remove(peer, slot)) {
            ofClient.computeIfPresent(peer.getAddress(), (a, n) -> n == 1 ? null : n - 1);
        }
        if (slot.session != null) {
            slot.session.transfer().drop();
            loop.settle(slot.session);
        }
    }

    /// On a thread of its own.
    private void prepare(TftpPacket request, InetSocketAddress peer, Slot slot) {
        TftpLoop.Session session = null;
        try {
            TftpLine line = new TftpLine(own, peer, offload, loop.datagrams());
            session = answer(request, line, () -> leave(peer, slot));
            if (session == null) {
                line.close();
            }
        } catch (IOException e) {
            stray(peer, "Its request cannot be answered: " + e.getMessage());
        }
        TftpLoop.Session prepared = session;
        loop.post(() -> begin(peer, slot, prepared));
    }

    private void begin(InetSocketAddress peer, Slot slot, TftpLoop.@Nullable Session prepared) {
        slot.session = prepared;
        if (prepared == null) {
            leave(peer, slot);
        } else {
            loop.begin(prepared);
            if (slots.get(peer) != slot) {
                leave(peer, slot);
            }
        }
    }

    /// @return null when an error was the answer
    private TftpLoop.@Nullable Session answer(TftpPacket request, TftpLine line, Runnable ended) {
        if (!(request instanceof ReadRequest r)) {
            line.error(ErrorCode.ACCESS_VIOLATION, "Nothing can be written");
            return null;
        }
        try {
            Ip4 ip = ip(line.peer());
            Clients.Client client =
                    clients.at(ip).filter(c -> !c.staleAt(reporter.now(), FRESH)).orElse(null);
            return switch (TftpAnswer.of(r, client, offerings)) {
                case TftpAnswer.Send(Payload kind, Content content) -> {
                    boolean firmware = client != null && !client.ipxe();
                    yield open(r, line, new Opening(kind, content, firmware), ended);
                }
                case TftpAnswer.Refuse(var code, String text, Payload kind, String told) -> {
                    watch(r, ip, kind, 0).failed(told);
                    line.error(code, text);
                    yield null;
                }
            };
        } catch (RuntimeException e) {
            // One request we cannot handle must not be silence for its machine.
            Log.of(TftpService.class).log(System.Logger.Level.ERROR, "request not handled", e);
            line.error(ErrorCode.NOT_DEFINED, "It cannot be handed out");
            return null;
        }
    }

    private record Opening(Payload kind, Content content, boolean firmware) {}

    private TftpLoop.@Nullable Session open(
            ReadRequest r, TftpLine line, Opening o, Runnable ended) {
        Ip4 ip = ip(line.peer());
        try {
            TftpFile file = TftpFile.open(o.content, r.mode(), copies);
            int maxWindow = o.firmware ? TftpOptions.FIRMWARE_WINDOW : TftpOptions.MAX_WINDOW;
            TftpOptions options = TftpOptions.of(r, file.size(), maxWindow);
            int packet = Transfer.HEAD + options.block();
            if (options.window() > 1 && packet >= MIN_SEGMENT && packet <= maxDatagram) {
                line.segment(packet);
            }
            TransferWatch watch = watch(r, ip, o.kind, file.size());
            return new TftpLoop.Session(
                    new Transfer(file, options, line, watch), line, file, ended);
        } catch (IOException e) {
            watch(r, ip, o.kind, o.content.size()).failed("It cannot be read: " + e);
            line.error(ErrorCode.NOT_DEFINED, "The file cannot be read");
            return null;
        }
    }

    private TransferWatch watch(ReadRequest r, Ip4 ip, Payload kind, long size) {
        return new TransferWatch(
                reporter,
                new TransferWatch.What(
                        identity.of(ip, null),
                        ip,
                        TransferWatch.TFTP,
                        kind,
                        Nbp.clean(r.name()),
                        size));
    }

    @Override
    public void close() {
        loop.close();
    }

    private static Ip4 ip(InetSocketAddress peer) {
        return Ip4.of(peer.getAddress()).orElse(Ip4.NONE);
    }
}
