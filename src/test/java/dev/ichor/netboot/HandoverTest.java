package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A cluster's scripts and configs over a real socket.
@Timeout(60)
class HandoverTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac FORGER = Mac.of("02:00:00:00:00:66");
    private static final String ASKS =
            "/ipxe?mac=4c-52-62-08-a3-ce&serial=YLNX012345&memory=3985&maker=FUJITSU"
                    + "&product=FUTRO%20S920&cpu=";

    private final BootLog log = new BootLog();
    private volatile Instant now = T;
    private volatile Mac asking = NODE;
    private volatile Optional<byte[]> part = Optional.empty();
    private Gate gate;
    private BootServer server;

    @BeforeEach
    void start() throws IOException {
        gate =
                new Gate(
                        new Rules(
                                Approval.ASK,
                                Checks.BOOT,
                                mac -> Optional.of(Life.ALWAYS_NETBOOT),
                                Rules.Store.forgetful(),
                                () -> "token"),
                        ip -> Optional.of(asking),
                        new ConfigSource() {
                            @Override
                            public Optional<byte[]> configFor(Mac mac) {
                                return Optional.of("config".getBytes(StandardCharsets.UTF_8));
                            }

                            @Override
                            public Optional<byte[]> withoutSecrets(Mac mac) {
                                return part;
                            }
                        },
                        log,
                        () -> now);
        gate.arm();
        gate.approve(NODE);
        Wire wire = new Wire(0, 0, 0, 0, 0, 0, List::of);
        Setup setup = new Setup(US, wire, DhcpRole.PROXY, () -> now, NODE::equals);
        server = BootServer.start(setup, tree(), new Loaders(List.of()), gate, log);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static BootTree tree() {
        return BootTree.of(
                Map.of(
                        "groups/all.json",
                        new Content.Text("{\"id\":\"all\",\"profile\":\"all\"}"),
                        "profiles/all.json",
                        new Content.Text(
                                "{\"id\":\"all\",\"boot\":{\"kernel\":\"/assets/vmlinuz\"}}")));
    }

    @Test
    void what_a_machine_is_made_of_is_told_once_a_boot() throws Exception {
        for (int n = 0; n < 20; n++) {
            now = now.plusSeconds(2);
            assertThat(get(ASKS + "v2")).contains("kernel /assets/vmlinuz");
        }
        Instant again = now.plusSeconds(60);
        now = again;
        get(ASKS + "v2");
        Hardware futro =
                new Hardware("", "FUJITSU FUTRO S920", "YLNX012345", Hardware.Cpu.V2, 3985);
        assertThat(events(BootEvent.Inspected.class))
                .containsExactly(
                        new BootEvent.Inspected(T.plusSeconds(2), NODE, futro),
                        new BootEvent.Inspected(again, NODE, futro));
    }

    @Test
    void a_machine_that_tells_nothing_of_itself_boots_all_the_same() throws Exception {
        assertThat(get("/ipxe?mac=" + NODE)).contains("kernel /assets/vmlinuz");
        assertThat(events(BootEvent.Inspected.class)).isEmpty();
    }

    @Test
    void a_processor_that_is_too_old_is_told_on_the_screen_and_fetches_nothing() throws Exception {
        assertThat(get(ASKS + "v1"))
                .endsWith(
                        """
                        #!ipxe
                        :again
                        echo ${mac}: its processor is too old for Talos (x86-64-v1)
                        sleep 60
                        goto again
                        """);
        assertThat(events(BootEvent.ScriptGiven.class)).isEmpty();
        assertThat(events(BootEvent.Inspected.class))
                .extracting(e -> e.hardware().cpu())
                .containsExactly(Hardware.Cpu.V1);
    }

    @Test
    void what_another_computer_says_of_the_machine_is_not_told() throws Exception {
        asking = FORGER;
        get(ASKS + "v1");
        assertThat(events(BootEvent.Inspected.class)).isEmpty();
    }

    @Test
    void a_forged_dhcp_request_changes_nothing() throws Exception {
        assertThat(get("/ipxe?mac=" + NODE)).contains("kernel");
        asking = FORGER;
        CountDownLatch heard = new CountDownLatch(1);
        log.listen(e -> {
            if (e instanceof BootEvent.Heard) {
                heard.countDown();
            }
        });
        DhcpPacket forged =
                DhcpBuilder.request(MessageType.REQUEST, 42, NODE.bytes())
                        .option(DhcpOption.VENDOR_CLASS, "PXEClient:Arch:00000:UNDI:002001")
                        .address(DhcpOption.REQUESTED_IP, US.bits())
                        .arch(0)
                        .build();
        byte[] bytes = forged.encode();
        try (DatagramSocket from = new DatagramSocket(new InetSocketAddress(US.inet(), 0))) {
            int port = Objects.requireNonNull(server.ports().dhcp());
            from.send(new DatagramPacket(bytes, bytes.length, US.inet(), port));
            assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(get("/generic?token=token&mac=" + NODE))
                .startsWith("HTTP/1.1 403 ")
                .contains("127.0.0.1 is " + FORGER + " and asks for " + NODE);
        assertThat(events(BootEvent.Held.class)).isEmpty();
        assertThat(gate.approved(NODE)).isTrue();
    }

    @Test
    void a_part_without_secrets_is_told_of_the_machine_itself_only() throws Exception {
        part = Optional.of("kind: EventSinkConfig".getBytes(StandardCharsets.UTF_8));
        asking = FORGER;
        assertThat(get("/generic?mac=" + NODE)).endsWith("\r\n\r\nkind: EventSinkConfig");
        assertThat(events(BootEvent.PartServed.class)).isEmpty();
        asking = NODE;
        assertThat(get("/generic?mac=" + NODE)).endsWith("\r\n\r\nkind: EventSinkConfig");
        assertThat(events(BootEvent.PartServed.class))
                .containsExactly(new BootEvent.PartServed(T, NODE, US));
        assertThat(events(BootEvent.ConfigServed.class)).isEmpty();
    }

    private <E extends BootEvent> List<E> events(Class<E> kind) {
        return log.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private String get(String target) throws IOException {
        try (Socket s = new Socket(US.inet(), server.ports().http());
                InputStream in = s.getInputStream()) {
            String ask = "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            s.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
