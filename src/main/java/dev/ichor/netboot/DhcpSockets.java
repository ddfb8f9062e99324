package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/// The socket or the two sockets of one DHCP port.
///
/// On Linux a socket bound to an address hears no broadcast, and one bound to none sends it out of
/// the wrong adapter: one hears, the other sends. On Windows one bound to the address does both.
/// Several servers on loopback share a port by their addresses, so there it is one too.
final class DhcpSockets implements AutoCloseable {
    /// Room for a whole house that starts after a power cut.
    private static final int RECEIVE_BUFFER = 4 << 20;

    private static final int MAX_PACKET = 4096;

    /// How long an answer waits for room on the wire, and when it tries again (nanoseconds).
    private static final long ROOM = 1_000_000_000;

    private static final long NO_ROOM = 100_000;

    /// Nanoseconds until the next try when the adapter is gone; it may come back.
    static final long RETRY = 1_000_000_000;

    private final Ip4 address;
    private final String service;
    private final Reporter reporter;
    private final DatagramChannel out;
    private final List<DatagramChannel> all;
    private final Selector selector;

    private DhcpSockets(Ip4 address, String service, Reporter reporter, List<DatagramChannel> all)
            throws IOException {
        this.address = address;
        this.service = service;
        this.reporter = reporter;
        this.all = all;
        this.out = all.getFirst();
        this.selector = Selector.open();
        for (DatagramChannel c : all) {
            c.configureBlocking(false);
            c.register(selector, SelectionKey.OP_READ);
        }
    }

    /// For a port that is only asked at its own address.
    ///
    /// @throws IOException when the port cannot be had
    static DhcpSockets unicast(Ip4 address, int port, String service, Reporter reporter)
            throws IOException {
        DatagramChannel one = bound(address.inet(), port);
        try {
            keepOthersOut(one);
            return new DhcpSockets(address, service, reporter, List.of(one));
        } catch (IOException e) {
            one.close();
            throw e;
        }
    }

    /// @throws IOException when the port cannot be had
    static DhcpSockets open(Ip4 address, int port, String service, Reporter reporter)
            throws IOException {
        DatagramChannel out = bound(address.inet(), port);
        if (oneIsEnough(address)) {
            return new DhcpSockets(address, service, reporter, List.of(out));
        }
        try {
            DatagramChannel in = bound(Ip4.NONE.inet(), out.socket().getLocalPort());
            keepOthersOut(out);
            keepOthersOut(in);
            return new DhcpSockets(address, service, reporter, List.of(out, in));
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /// The pair shares the port only with each other and with who had it before, as a server on
    /// another adapter may; a second one of ours must be told that the port is taken.
    private static void keepOthersOut(DatagramChannel c) throws IOException {
        c.setOption(StandardSocketOptions.SO_REUSEADDR, false);
    }

    private static boolean oneIsEnough(Ip4 address) {
        boolean windows =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows || address.inet().isLoopbackAddress();
    }

    private static DatagramChannel bound(InetAddress address, int port) throws IOException {
        DatagramChannel c = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            // Without SO_REUSEADDR no two sockets of ours share the port; on loopback there is
            // only one, and a second server must be told that the port is taken.
            c.setOption(StandardSocketOptions.SO_REUSEADDR, !address.isLoopbackAddress());
            c.setOption(StandardSocketOptions.SO_BROADCAST, true);
            c.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            return c.bind(new InetSocketAddress(address, port));
        } catch (IOException | RuntimeException e) {
            c.close();
            throw e;
        }
    }

    Ip4 address() {
        return address;
    }

    int port() {
        return out.socket().getLocalPort();
    }

    /// Hands every packet to `handler`, on one thread.
    void listen(BiConsumer<ByteBuffer, InetSocketAddress> handler) {
        Thread.ofPlatform().daemon().name(service).start(() -> receive(handler));
        reporter.up(service, address + ":" + port());
    }

    private void receive(BiConsumer<ByteBuffer, InetSocketAddress> handler) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_PACKET);
        while (selector.isOpen()) {
            try {
                if (!receiveAll(buffer, handler)) {
                    selector.select(key -> {});
                }
            } catch (ClosedChannelException | ClosedSelectorException e) {
                return;
            } catch (IOException e) {
                reporter.down(service, "It cannot receive: " + e.getMessage() + ".");
                LockSupport.parkNanos(RETRY);
            }
        }
    }

    /// @return whether there was a packet
    private boolean receiveAll(ByteBuffer buffer, BiConsumer<ByteBuffer, InetSocketAddress> handler)
            throws IOException {
        boolean any = false;
        for (DatagramChannel c : all) {
            InetSocketAddress from = (InetSocketAddress) c.receive(buffer.clear());
            if (from != null) {
                any = true;
                reporter.upAgain(service);
                handle(buffer.flip(), from, handler);
            }
        }
        return any;
    }

    private static void handle(
            ByteBuffer packet,
            InetSocketAddress from,
            BiConsumer<ByteBuffer, InetSocketAddress> handler) {
        try {
            handler.accept(packet, from);
        } catch (RuntimeException e) {
            // One packet we cannot handle must not end the service for the others.
            Log.of(DhcpSockets.class).log(System.Logger.Level.ERROR, "packet not handled", e);
        }
    }

    /// @return false when it could not be sent to anybody
    boolean send(byte[] packet, List<InetSocketAddress> to) {
        boolean sent = false;
        for (InetSocketAddress one : to) {
            try {
                sent |= send(ByteBuffer.wrap(packet), one);
            } catch (IOException e) {
                Log.of(DhcpSockets.class)
                        .log(System.Logger.Level.DEBUG, "not sent to " + one.getAddress(), e);
                if (!(e instanceof ClosedChannelException)) {
                    reporter.down(
                            service,
                            "An answer could not be sent from "
                                    + address
                                    + ": "
                                    + e.getMessage()
                                    + ". Is the network cable in?");
                }
            }
        }
        if (sent) {
            reporter.upAgain(service);
        }
        return sent;
    }

    /// Waits for room on the wire, for a while.
    private boolean send(ByteBuffer packet, InetSocketAddress to) throws IOException {
        for (long end = System.nanoTime() + ROOM; System.nanoTime() < end; ) {
            if (out.send(packet, to) > 0) {
                return true;
            }
            LockSupport.parkNanos(NO_ROOM);
        }
        return false;
    }

    @Override
    public void close() {
        try {
            for (DatagramChannel c : all) {
                c.close();
            }
            selector.close();
        } catch (IOException e) {
            Log.of(DhcpSockets.class).log(System.Logger.Level.DEBUG, "socket not closed", e);
        }
    }
}
