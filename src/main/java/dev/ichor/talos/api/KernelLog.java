package dev.ichor.talos.api;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;

/// Takes one machine's kernel log, over TCP a line each and over UDP a datagram each, on a port of
/// its own: the messages do not say whose they are. What comes from another machine's address is
/// not heard.
final class KernelLog implements AutoCloseable {
    /// A kernel message has at most some kilobytes (`LOG_LINE_MAX` is 1024 characters).
    private static final int MAX_LINE = 8_192;

    /// A machine has one connection; another one is its next start.
    private static final int CONNECTIONS = 8;

    /// Nanoseconds until the next try.
    private static final long PAUSE = 10_000_000;

    private final Mac mac;
    private final BiPredicate<Mac, Ip4> isIts;
    private final Said said;
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// Listens on one port.
    ///
    /// @param isIts whether a machine has an address now
    /// @throws IOException when the port is taken
    KernelLog(Mac mac, InetSocketAddress at, BiPredicate<Mac, Ip4> isIts, Said said)
            throws IOException {
        this.mac = mac;
        this.isIts = isIts;
        this.said = said;
        this.tcp = new ServerSocket();
        try {
            tcp.setReuseAddress(true);
            tcp.bind(at);
            this.udp = new DatagramSocket(new InetSocketAddress(at.getAddress(), port()));
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
        Thread.ofVirtual().name("kernel log " + mac).start(this::accept);
        Thread.ofVirtual().name("kernel log by UDP " + mac).start(this::datagrams);
    }

    /// TCP and UDP.
    int port() {
        return tcp.getLocalPort();
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                Socket peer = tcp.accept();
                if (open.size() < CONNECTIONS && isHeard(peer.getInetAddress())) {
                    open.add(peer);
                    Thread.ofVirtual().name("kernel lines " + mac).start(() -> lines(peer));
                } else {
                    peer.close();
                }
            } catch (IOException e) {
                // The peer is gone again, we are closing, or there are too many open files.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private boolean isHeard(InetAddress peer) {
        return Ip4.of(peer).filter(ip -> isIts.test(mac, ip)).isPresent();
    }

    private void lines(Socket peer) {
        try (peer;
                InputStream in = new BufferedInputStream(peer.getInputStream())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    take(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (line.size() < MAX_LINE) {
                    line.write(b);
                }
            }
        } catch (IOException e) {
            // The machine starts again: it connects anew.
            return;
        } finally {
            open.remove(peer);
        }
    }

    private void datagrams() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_LINE], MAX_LINE);
        while (!udp.isClosed()) {
            try {
                packet.setLength(MAX_LINE);
                udp.receive(packet);
                if (isHeard(packet.getAddress())) {
                    take(
                            new String(
                                    packet.getData(),
                                    0,
                                    packet.getLength(),
                                    StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // We are closing, or the network said that something is not reachable.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void take(String json) {
        KernelLine.parse(json).ifPresent(l -> said.line(mac, l.stage(), l.text()));
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        for (Socket peer : open) {
            peer.close();
        }
    }
}
