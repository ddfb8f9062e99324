package dev.ichor.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.RouterReport;
import dev.ichor.cluster.RouterReport.Answer;
import dev.ichor.cluster.Subnet;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// The PC is 127.0.0.1, the router 127.0.0.2, both on the same port as on a real network.
class RouterProbeTest {
    private static final Ip4 ROUTER = Ip4.of("127.0.0.2");

    private final List<DhcpPacket> asked = new CopyOnWriteArrayList<>();

    @Test
    void asks_once_as_bios_and_once_as_uefi_with_its_own_address_as_the_relays() throws Exception {
        try (var router = router(offer -> offer)) {
            RouterReport report = probe(router);

            assertThat(asked)
                    .extracting(p -> p.archs()[0], DhcpPacket::vendorClass)
                    .containsExactly(
                            tuple(0, "PXEClient:Arch:00000:UNDI:002001"),
                            tuple(7, "PXEClient:Arch:00007:UNDI:003000"));
            assertThat(asked).allMatch(p -> p.giaddr() == Ip4.of("127.0.0.1").bits());
            assertThat(report.answers())
                    .containsExactly(new Answer(ROUTER, Ip4.of("127.0.0.150"), ROUTER, ""));
            assertThat(report.advised()).isEqualTo(BootMode.PROXY);
            assertThat(report.good()).isTrue();
        }
    }

    @Test
    void reads_the_boot_server_and_file_that_are_named() throws Exception {
        try (var router =
                router(offer -> offer.siaddr(Ip4.of("127.0.0.9").bits()).file("old.kpxe"))) {
            RouterReport report = probe(router);

            assertThat(report.answers())
                    .containsExactly(
                            new Answer(
                                    ROUTER,
                                    Ip4.of("127.0.0.150"),
                                    Ip4.of("127.0.0.9"),
                                    "old.kpxe"));
            assertThat(report.good()).isFalse();
        }
    }

    @Test
    void rubbish_and_answers_to_others_are_passed_over() throws Exception {
        try (var router = router(offer -> offer.xid(1))) {
            router.chatter = true;

            assertThat(probe(router).answers()).isEmpty();
        }
    }

    @Test
    void an_address_that_is_not_ours_is_said_so() {
        var gone = new Adapter("eth9", "eth9", new Subnet(Ip4.of("192.0.2.7"), 24), false, 0);

        assertThatThrownBy(
                        () -> RouterProbe.probe(gone, wire(0), List.of(), new SplittableRandom(1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().remedy())
                                        .isEqualTo(
                                                "Check that the network adapter still has the"
                                                        + " address 192.0.2.7."));
    }

    @Test
    void a_network_that_has_vanished_is_said_so() {
        // From a loopback address no packet leaves this PC.
        var outside = List.of(new InetSocketAddress("192.0.2.1", 67));

        assertThatThrownBy(() ->
                        RouterProbe.probe(loopback(), wire(0), outside, new SplittableRandom(1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo(
                                                "The router could not be asked: nothing can be"
                                                        + " sent from 127.0.0.1."));
    }

    @Test
    void a_port_that_another_program_keeps_for_itself_is_said_so() throws Exception {
        try (var other = new DatagramSocket(null)) {
            other.setReuseAddress(false);
            other.bind(new InetSocketAddress("127.0.0.1", 0));

            assertThatThrownBy(() ->
                            RouterProbe.probe(
                                    loopback(),
                                    wire(other.getLocalPort()),
                                    List.of(),
                                    new SplittableRandom(1)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().why()).contains("Another program"));
        }
    }

    @Test
    void an_interrupt_ends_the_waiting() throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (var silent = new FakeRouter(offer -> offer)) {
            Thread t =
                    Thread.startVirtualThread(() -> {
                        try {
                            probe(silent);
                        } catch (Exception e) {
                            end.set(e);
                        }
                    });
            t.interrupt();

            assertThat(t.join(Duration.ofSeconds(5))).isTrue();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
    }

    private static RouterReport probe(FakeRouter router) throws Exception {
        return RouterProbe.probe(
                loopback(),
                wire(router.socket.getLocalPort()),
                List.of(new InetSocketAddress(ROUTER.inet(), router.socket.getLocalPort())),
                new SplittableRandom(1));
    }

    private static Adapter loopback() {
        return new Adapter("lo", "loopback", new Subnet(Ip4.of("127.0.0.1"), 8), true, 0);
    }

    private static Wire wire(int port) {
        return new Wire(port, 0, 0, 0, 0, 0, List::of);
    }

    private FakeRouter router(UnaryOperator<DhcpBuilder> more) throws IOException {
        FakeRouter router = new FakeRouter(more);
        Thread.startVirtualThread(router::serve);
        return router;
    }

    private final class FakeRouter implements AutoCloseable {
        private final DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(ROUTER.inet(), 0));
        private final UnaryOperator<DhcpBuilder> more;
        private volatile boolean chatter;

        FakeRouter(UnaryOperator<DhcpBuilder> more) throws IOException {
            this.more = more;
        }

        void serve() {
            byte[] buffer = new byte[1500];
            while (!socket.isClosed()) {
                DatagramPacket in = new DatagramPacket(buffer, buffer.length);
                try {
                    socket.receive(in);
                    DhcpPacket discover =
                            DhcpPacket.parse(ByteBuffer.wrap(buffer, 0, in.getLength()))
                                    .orElseThrow();
                    asked.add(discover);
                    if (chatter) {
                        send(new byte[] {1, 2, 3}, discover);
                    }
                    send(offer(discover).encode(), discover);
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        private void send(byte[] bytes, DhcpPacket to) throws IOException {
            var relay = new InetSocketAddress(new Ip4(to.giaddr()).inet(), socket.getLocalPort());
            socket.send(new DatagramPacket(bytes, bytes.length, relay));
        }

        private DhcpPacket offer(DhcpPacket discover) {
            return more.apply(
                            DhcpBuilder.reply(discover, MessageType.OFFER)
                                    .yiaddr(Ip4.of("127.0.0.150").bits())
                                    .siaddr(ROUTER.bits())
                                    .address(DhcpOption.SERVER_ID, ROUTER.bits()))
                    .build();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
