package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Ports that cannot be had, and an adapter that vanishes, are told in words.
class BindingTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    private final BootLog log = new BootLog();

    @Test
    void missing_rights_are_told_with_the_command_that_gives_them() {
        IOException e = new BindException("Permission denied");
        Problem p = Binding.problem(e, US, "UDP port 67", 67).problem();
        assertThat(p.what()).isEqualTo("The boot server cannot open UDP port 67 on 127.0.0.1.");
        assertThat(p.why()).isEqualTo("Linux keeps ports below 1024 for the administrator.");
        assertThat(p.remedy())
                .startsWith("Run: sudo sysctl net.ipv4.ip_unprivileged_port_start=67 ");
    }

    @Test
    void a_taken_dhcp_port_is_told_with_the_command_that_finds_the_other_program() {
        IOException e = new BindException("Address already in use");
        Problem p = Binding.problem(e, US, "UDP port 67", 67).problem();
        assertThat(p.why()).isEqualTo("Another program on this PC has it.");
        assertThat(p.remedy()).contains("sudo ss -lunpt 'sport = :67'");
    }

    @Test
    void an_ordinary_user_is_told_that_port_69_needs_rights() throws Exception {
        Path first = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        assumeTrue(
                !System.getProperty("user.name").equals("root")
                        && Files.exists(first)
                        && Integer.parseInt(Files.readString(first).strip()) > 69,
                "skipped: this user may open port 69");
        Wire wire = new Wire(0, 0, 0, 69, 0, 0, List::of);
        assertThatThrownBy(() -> serve(wire))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().why())
                                        .isEqualTo(
                                                "Linux keeps ports below 1024 for the"
                                                        + " administrator."));
    }

    @Test
    void a_second_server_on_loopback_is_told_that_the_dhcp_port_is_taken() throws Exception {
        second(US);
    }

    @Test
    void a_second_server_on_an_adapter_is_told_that_the_dhcp_port_is_taken() throws Exception {
        Optional<Ip4> address = adapter();
        assumeTrue(address.isPresent(), "skipped: needs an adapter with an IPv4 address");
        second(address.get());
    }

    private void second(Ip4 address) throws IOException {
        Reporter reporter = new Reporter(log, InstantSource.fixed(T));
        try (DhcpSockets first = DhcpSockets.open(address, 0, "dhcp", reporter)) {
            Wire wire = new Wire(first.port(), 0, 0, 0, 0, 0, List::of);
            Setup s = new Setup(address, wire, DhcpRole.OFF, InstantSource.fixed(T), m -> true);
            assertThatThrownBy(() -> Listener.listen(s, log))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> {
                                assertThat(e.problem().what()).contains("UDP port " + first.port());
                                assertThat(e.problem().why())
                                        .isEqualTo("Another program on this PC has it.");
                            });
        }
    }

    @Test
    void a_port_that_is_asked_at_its_address_only_is_open_nowhere_else() throws Exception {
        Path table = Path.of("/proc/net/udp");
        Optional<Ip4> address = adapter();
        assumeTrue(
                address.isPresent() && Files.isReadable(table),
                "skipped: needs Linux and an adapter with an IPv4 address");
        Reporter reporter = new Reporter(log, InstantSource.fixed(T));
        try (DhcpSockets one = DhcpSockets.unicast(address.get(), 0, "pxe", reporter)) {
            String port = "%04X".formatted(one.port());
            assertThat(Files.readString(table))
                    .contains(":" + port + " ")
                    .doesNotContain("00000000:" + port + " ");
        }
    }

    private static Optional<Ip4> adapter() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress())
                .flatMap(a -> Ip4.of(a).stream())
                .findFirst();
    }

    @Test
    void an_adapter_that_vanishes_is_told_once_for_each_service_and_when_it_is_back() {
        Reporter reporter = new Reporter(log, InstantSource.fixed(T));
        reporter.up("tftp", "10.0.0.2:69");
        reporter.up("http", "10.0.0.2:8080");
        Ip4 address = Ip4.of("10.0.0.2");
        for (boolean here : new boolean[] {true, false, false, true, true}) {
            Binding.tell(here, address, List.of("tftp", "http"), reporter);
        }
        String gone =
                "This PC does not have the address 10.0.0.2 any more: plug the cable in, or choose"
                        + " the adapter again.";
        assertThat(log.events())
                .containsExactly(
                        new BootEvent.ServiceUp(T, "tftp", "10.0.0.2:69"),
                        new BootEvent.ServiceUp(T, "http", "10.0.0.2:8080"),
                        new BootEvent.ServiceDown(T, "tftp", gone),
                        new BootEvent.ServiceDown(T, "http", gone),
                        new BootEvent.ServiceUp(T, "tftp", "10.0.0.2:69"),
                        new BootEvent.ServiceUp(T, "http", "10.0.0.2:8080"));
    }

    @Test
    void a_machine_that_fails_each_second_does_not_fill_the_log() {
        AtomicReference<Instant> now = new AtomicReference<>(T);
        Reporter reporter = new Reporter(log, now::get);
        Mac mac = Mac.of("02:00:00:00:00:01");
        for (int second = 0; second < 60; second++) {
            now.set(T.plusSeconds(second));
            new TransferWatch(
                            reporter,
                            new TransferWatch.What(
                                    mac, US, TransferWatch.HTTP, Payload.SCRIPT, "/ipxe", 0))
                    .failed("There is nothing for it in the served folder.");
        }
        assertThat(log.events()).hasSize(2);
    }

    @Test
    void an_equal_packet_is_told_once_a_second_and_another_one_at_once() {
        Reporter reporter = new Reporter(log, () -> T);
        Mac mac = Mac.of("02:00:00:00:00:01");
        Instant later = T.plusMillis(1001);
        reporter.tellPacket(T, 1, at -> new BootEvent.Leased(at, mac, US));
        reporter.tellPacket(T, 1, at -> new BootEvent.Leased(at, mac, US));
        reporter.tellPacket(T, 2, at -> new BootEvent.Leased(at, mac, US));
        reporter.tellPacket(later, 1, at -> new BootEvent.Leased(at, mac, US));
        assertThat(log.events()).hasSize(3);
    }

    @Test
    void another_address_of_this_pc_has_its_ports_free_and_answers_nobody() throws Exception {
        Ip4 other = Ip4.of("127.0.0.77");
        Wire wire = new Wire(0, 0, 0, 0, 0, 0, List::of);
        try (BootServer server =
                serve(new Setup(US, wire, DhcpRole.PROXY, InstantSource.system(), m -> true))) {
            Ports ports = server.ports();
            assertThatThrownBy(() -> new Socket(other.inet(), ports.http()).close())
                    .isInstanceOf(ConnectException.class);
            new ServerSocket(ports.http(), 1, other.inet()).close();
            for (int udp :
                    List.of(
                            ports.tftp(),
                            Objects.requireNonNull(ports.dhcp()),
                            Objects.requireNonNull(ports.pxe()))) {
                new DatagramSocket(udp, other.inet()).close();
            }
        }
    }

    private void serve(Wire wire) throws IOException {
        serve(new Setup(US, wire, DhcpRole.OFF, InstantSource.system(), m -> true)).close();
    }

    private BootServer serve(Setup s) throws IOException {
        InstantSource clock = InstantSource.system();
        Gate gate = OpenGate.of(log);
        return BootServer.start(s, BootTree.of(Map.of()), new Loaders(List.of()), gate, log);
    }
}
