package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Subnet;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/// Our own DHCP server over loopback sockets: RFC 2131 from the client's side.
@Timeout(120)
class LeaseServerTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac LAPTOP = Mac.of("8c:16:45:00:00:01");
    private static final int FIRST = Ip4.of("127.0.0.2").bits();
    private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");

    private final BootLog log = new BootLog();
    private final AtomicReference<Instant> now = new AtomicReference<>(T);
    private final BlockingQueue<List<String>> book = new LinkedBlockingQueue<>();
    private DatagramSocket client;
    private DatagramSocket router;
    private BootServer server;

    @BeforeEach
    void start() throws IOException {
        client = new DatagramSocket(new InetSocketAddress(US.inet(), 0));
        client.setSoTimeout(20_000);
        router = new DatagramSocket(new InetSocketAddress(US.inet(), 0));
        router.setSoTimeout(20_000);
        server = BootServer.start(setup(), BootTree.of(Map.of()), loaders(), gate(), log);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        router.close();
    }

    /// RFC 2131 sections 4.3.1 and 4.4.5; RFC 2132 sections 3.3, 9.2, 9.7, 9.11 and 9.12.
    @Test
    void an_offer_holds_the_address_its_times_and_what_to_boot() throws Exception {
        DhcpPacket offer = ask(firmware(NODE, MessageType.DISCOVER));
        assertThat(offer.messageType()).contains(MessageType.OFFER);
        assertThat(offer.yiaddr()).isEqualTo(FIRST);
        assertThat(offer.siaddr()).isEqualTo(US.bits());
        assertThat(offer.file()).isEqualTo("snponly.efi");
        assertThat(options(offer))
                .containsExactly(
                        "53 2",
                        "54 2130706433", // us
                        "1 -8", // 255.255.255.248
                        "51 43200", // 12 hours
                        "58 21600",
                        "59 37800",
                        "60 PXEClient",
                        "43 " + "\6\1\10\u00ff",
                        "66 127.0.0.1",
                        "67 snponly.efi");
    }

    @Test
    void a_machine_without_network_boot_gets_its_address_only() throws Exception {
        DhcpPacket offer = ask(client(LAPTOP, MessageType.DISCOVER).build());
        assertThat(offer.yiaddr()).isEqualTo(FIRST);
        assertThat(offer.siaddr()).isZero();
        assertThat(offer.options()).containsOnlyKeys(53, 54, 1, 51, 58, 59);
        assertThat(ask(firmware(LAPTOP, MessageType.DISCOVER).change().xid(9).build()).file())
                .as("a machine that is not in the plan is told no loader")
                .isEmpty();
    }

    @Test
    void a_request_is_confirmed_and_written_down() throws Exception {
        ask(firmware(NODE, MessageType.DISCOVER));
        DhcpPacket ack = ask(selecting(NODE, FIRST).build());
        assertThat(ack.messageType()).contains(MessageType.ACK);
        assertThat(ack.yiaddr()).isEqualTo(FIRST);
        assertThat(ack.address(DhcpOption.LEASE_TIME)).isEqualTo(43_200);
        assertThat(book.poll(20, TimeUnit.SECONDS))
                .containsExactly("4c:52:62:08:a3:ce 127.0.0.2 2026-11-25T00:00:00Z");
    }

    /// RFC 2131 section 4.3.2, the three kinds of REQUEST that we cannot grant.
    @Test
    void a_request_for_what_is_not_its_own_is_refused() throws Exception {
        ask(firmware(NODE, MessageType.DISCOVER));
        assertThat(ask(selecting(NODE, FIRST + 1).build()).messageType())
                .as("another address than offered")
                .contains(MessageType.NAK);
        DhcpBuilder wrongNetwork =
                client(LAPTOP, MessageType.REQUEST)
                        .xid(5)
                        .address(DhcpOption.REQUESTED_IP, Ip4.of("10.0.0.9").bits());
        assertThat(ask(wrongNetwork.build()).messageType())
                .as("INIT-REBOOT from another network")
                .contains(MessageType.NAK);
        DhcpPacket nak = ask(client(LAPTOP, MessageType.REQUEST).xid(6).ciaddr(FIRST).build());
        assertThat(nak.messageType()).as("renewing what is another's").contains(MessageType.NAK);
        assertThat(nak.yiaddr()).isZero();
        assertThat(nak.options()).containsOnlyKeys(53, 54);
    }

    @Test
    void who_has_no_lease_of_ours_and_is_on_this_network_hears_nothing() throws Exception {
        send(
                client(LAPTOP, MessageType.REQUEST)
                        .address(DhcpOption.REQUESTED_IP, FIRST + 2)
                        .build());
        assertThat(ask(firmware(NODE, MessageType.DISCOVER).change().xid(77).build()).xid())
                .isEqualTo(77);
    }

    @Test
    void a_renewal_is_answered_to_the_clients_address_and_an_inform_without_a_lease()
            throws Exception {
        ask(firmware(NODE, MessageType.DISCOVER));
        ask(selecting(NODE, FIRST).build());
        try (DatagramSocket leased =
                new DatagramSocket(
                        new InetSocketAddress(new Ip4(FIRST).inet(), client.getLocalPort()))) {
            leased.setSoTimeout(20_000);
            send(client(NODE, MessageType.REQUEST).xid(8).ciaddr(FIRST).build());
            DhcpPacket ack = receive(leased);
            assertThat(ack.xid()).isEqualTo(8);
            assertThat(ack.ciaddr()).isEqualTo(FIRST);
            assertThat(ack.yiaddr()).isEqualTo(FIRST);
            send(client(NODE, MessageType.INFORM).xid(9).ciaddr(FIRST).build());
            DhcpPacket informed = receive(leased);
            assertThat(informed.messageType()).contains(MessageType.ACK);
            assertThat(informed.yiaddr()).isZero();
            assertThat(informed.options()).containsOnlyKeys(53, 54, 1);
        }
    }

    @Test
    void declined_and_released_addresses_are_not_given_to_the_next() throws Exception {
        ask(firmware(NODE, MessageType.DISCOVER));
        ask(selecting(NODE, FIRST).build());
        send(
                client(NODE, MessageType.DECLINE)
                        .address(DhcpOption.REQUESTED_IP, FIRST)
                        .address(DhcpOption.SERVER_ID, US.bits())
                        .build());
        assertThat(ask(firmware(NODE, MessageType.DISCOVER).change().xid(2).build()).yiaddr())
                .isEqualTo(FIRST + 1);
        ask(selecting(NODE, FIRST + 1).xid(3).build());
        send(client(NODE, MessageType.RELEASE).ciaddr(FIRST + 1).build());
        assertThat(ask(client(LAPTOP, MessageType.DISCOVER).xid(4).build()).yiaddr())
                .isEqualTo(FIRST + 2);
    }

    @Test
    void every_30_seconds_it_asks_for_other_servers_as_a_relay() throws Exception {
        DhcpPacket first = receive(router);
        assertThat(first.messageType()).contains(MessageType.DISCOVER);
        assertThat(new Ip4(first.giaddr())).isEqualTo(US);
        assertThat(first.vendorClass()).isEmpty();
        now.set(T.plus(Duration.ofSeconds(30)));
        assertThat(receive(router).xid()).isNotEqualTo(first.xid());
    }

    @Test
    void another_servers_answer_ends_it_in_words() throws Exception {
        Ip4 other = Ip4.of("192.168.1.1");
        DhcpPacket answer =
                DhcpBuilder.reply(receive(router), MessageType.OFFER)
                        .yiaddr(Ip4.of("192.168.1.50").bits())
                        .address(DhcpOption.SERVER_ID, other.bits())
                        .build();
        byte[] bytes = answer.encode();
        router.send(new DatagramPacket(bytes, bytes.length, US.inet(), dhcp()));
        assertThat(down().reason())
                .startsWith("Another DHCP server, 192.168.1.1, is on this network. Ichor gives out")
                .contains("serve with --dhcp proxy beside it");
        send(firmware(NODE, MessageType.DISCOVER));
        assertThat(isSilent()).isTrue();
    }

    @Test
    void a_client_that_takes_another_servers_offer_shows_there_is_one() throws Exception {
        send(
                client(LAPTOP, MessageType.REQUEST)
                        .address(DhcpOption.REQUESTED_IP, FIRST)
                        .address(DhcpOption.SERVER_ID, Ip4.of("192.168.1.1").bits())
                        .build());
        assertThat(down().reason()).startsWith("Another DHCP server, 192.168.1.1,");
    }

    private Setup setup() {
        InetSocketAddress here = (InetSocketAddress) client.getLocalSocketAddress();
        Wire wire = new Wire(0, here.getPort(), 0, 0, 0, 0, () -> List.of(here));
        DhcpRole lease =
                new DhcpRole.Lease(
                        new Subnet(US, 29),
                        notebook(),
                        Map::of,
                        List.of((InetSocketAddress) router.getLocalSocketAddress()),
                        new SplittableRandom(1));
        return new Setup(US, wire, lease, now::get, NODE::equals);
    }

    private Notebook notebook() {
        return new Notebook() {
            @Override
            public List<String> read() {
                return List.of();
            }

            @Override
            public void write(List<String> lines) {
                book.add(lines);
            }
        };
    }

    private static Loaders loaders() {
        return new Loaders(
                List.of(
                        new Loaders.Loader(
                                Firmware.UEFI_X64, "snponly.efi", Path.of("snponly.efi"), "")));
    }

    private Gate gate() {
        return new Gate(
                Rules.folder(Approval.ASK),
                ip -> Optional.empty(),
                mac -> Optional.empty(),
                log,
                now::get);
    }

    private static DhcpPacket firmware(Mac mac, MessageType type) {
        return client(mac, type)
                .option(DhcpOption.VENDOR_CLASS, "PXEClient:Arch:00007:UNDI:003000")
                .arch(7)
                .build();
    }

    private static DhcpBuilder client(Mac mac, MessageType type) {
        return DhcpBuilder.request(type, 1, mac.bytes());
    }

    private static DhcpBuilder selecting(Mac mac, int ip) {
        return client(mac, MessageType.REQUEST)
                .address(DhcpOption.REQUESTED_IP, ip)
                .address(DhcpOption.SERVER_ID, US.bits());
    }

    private static List<String> options(DhcpPacket p) {
        return p.options().entrySet().stream()
                .map(e -> e.getKey() + " " + value(p, e.getKey(), e.getValue()))
                .toList();
    }

    private static String value(DhcpPacket p, int code, byte[] v) {
        return switch (code) {
            case 53 -> Byte.toString(v[0]);
            case 1, 51, 54, 58, 59 -> Integer.toString(ByteBuffer.wrap(v).getInt());
            default -> p.text(code);
        };
    }

    private DhcpPacket ask(DhcpPacket p) throws IOException {
        send(p);
        return receive(client);
    }

    private void send(DhcpPacket p) throws IOException {
        byte[] b = p.encode();
        client.send(new DatagramPacket(b, b.length, US.inet(), dhcp()));
    }

    private static DhcpPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket in = new DatagramPacket(new byte[1500], 1500);
        socket.receive(in);
        return DhcpPacket.parse(Arrays.copyOf(in.getData(), in.getLength())).orElseThrow();
    }

    /// 4011 is served by another socket: when it answers, 67 has had its turn.
    private boolean isSilent() throws IOException {
        byte[] b = firmware(NODE, MessageType.REQUEST).change().xid(99).build().encode();
        client.send(
                new DatagramPacket(
                        b, b.length, US.inet(), Objects.requireNonNull(server.ports().pxe())));
        return receive(client).xid() == 99;
    }

    private BootEvent.ServiceDown down() throws InterruptedException {
        BlockingQueue<BootEvent.ServiceDown> found = new LinkedBlockingQueue<>();
        Predicate<BootEvent> lease =
                e -> e instanceof BootEvent.ServiceDown d && d.service().equals("lease");
        Runnable stop =
                log.listen(e -> {
                    if (lease.test(e)) {
                        found.add((BootEvent.ServiceDown) e);
                    }
                });
        try {
            return Objects.requireNonNull(found.poll(20, TimeUnit.SECONDS), "no ServiceDown");
        } finally {
            stop.run();
        }
    }

    private int dhcp() {
        return Objects.requireNonNull(server.ports().dhcp());
    }
}
