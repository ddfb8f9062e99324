package dev.ichor.router;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.RouterReport;
import dev.ichor.netboot.dhcp.DhcpPacket;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Asks the LAN's DHCP servers what they tell a machine that boots from the network, by posing as a
/// relay (RFC 2131 section 4.1): the answer comes to our port 67, so the system's own DHCP client
/// is not in the way.
public final class RouterProbe {
    /// dnsmasq, and so UniFi, pings a fresh address for three seconds before it offers it.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /// Left for a second server after the first has answered.
    private static final Duration OTHERS = Duration.ofSeconds(1);

    /// How soon an interrupt is noticed.
    private static final Duration BEAT = Duration.ofMillis(100);

    private static final int PACKET = 1_500;

    private final Ip4 self;
    private final List<Question> questions;
    private final List<Heard> heard = new ArrayList<>();
    private final Set<Question.Kind> answered = EnumSet.noneOf(Question.Kind.class);

    private RouterProbe(Ip4 self, RandomGenerator random) {
        this.self = self;
        this.questions =
                List.of(
                        Question.of(Question.Kind.BIOS, random),
                        Question.of(Question.Kind.UEFI, random));
    }

    /// Asks as a BIOS and as a UEFI machine and waits at most six seconds.
    ///
    /// @param adapter the network to ask on; its address is the relay's
    /// @param servers where to send; empty for a broadcast to the wire's DHCP port
    /// @param random makes transaction numbers and the pretend machines' MACs
    /// @throws dev.ichor.cluster.ProblemException when the DHCP server port cannot be used, or the
    ///   network is gone
    public static RouterReport probe(
            Adapter adapter, Wire wire, List<InetSocketAddress> servers, RandomGenerator random)
            throws IOException, InterruptedException {
        List<InetSocketAddress> to =
                servers.isEmpty()
                        ? List.of(new InetSocketAddress(Ip4.BROADCAST.inet(), wire.dhcpServer()))
                        : servers;
        RouterProbe probe = new RouterProbe(adapter.address(), random);
        try (DatagramSocket socket = RelayPort.open(adapter.address(), wire.dhcpServer())) {
            probe.ask(socket, to);
            probe.listen(socket);
        }
        return Verdict.of(probe.heard, adapter.address());
    }

    private void ask(DatagramSocket socket, List<InetSocketAddress> servers) throws IOException {
        for (Question q : questions) {
            byte[] bytes = q.discover(self).encode();
            for (InetSocketAddress server : servers) {
                send(socket, new DatagramPacket(bytes, bytes.length, server));
            }
        }
    }

    private void send(DatagramSocket socket, DatagramPacket packet) throws ProblemException {
        try {
            socket.send(packet);
        } catch (IOException e) {
            throw RelayPort.unsent(self, e);
        }
    }

    private void listen(DatagramSocket socket) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        byte[] buffer = new byte[PACKET];
        socket.setSoTimeout((int) BEAT.toMillis());
        while (System.nanoTime() - end < 0) {
            boolean before = isComplete();
            receive(socket, buffer).ifPresent(this::hear);
            if (isComplete() && !before) {
                end = Math.min(end, System.nanoTime() + OTHERS.toNanos());
            }
        }
    }

    private boolean isComplete() {
        return answered.size() == questions.size();
    }

    private static Optional<DhcpPacket> receive(DatagramSocket socket, byte[] buffer)
            throws IOException, InterruptedException {
        DatagramPacket in = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(in);
            return DhcpPacket.parse(ByteBuffer.wrap(buffer, 0, in.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } finally {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void hear(DhcpPacket packet) {
        for (Question q : questions) {
            if (q.isAnsweredBy(packet) && packet.serverId() != self.bits()) {
                answered.add(q.kind());
                heard.add(Heard.in(packet));
            }
        }
    }
}
