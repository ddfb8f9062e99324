package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// The whole server over loopback sockets, asked by simulated firmware, curl and tftp-hpa.
@Timeout(120)
class BootServerTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac STRANGER = Mac.of("02:00:00:00:00:01");
    private static final int KERNEL_SIZE = 3_000_001;

    @TempDir Path dir;

    private final BootLog log = new BootLog();
    private Gate gate;
    private DatagramSocket client;
    private BootServer server;
    private Path loader;
    private Path kernel;

    @BeforeEach
    void start() throws IOException {
        client = new DatagramSocket(new InetSocketAddress(US.inet(), 0));
        client.setSoTimeout(10_000);
        loader = random("undionly.kpxe", 70_000);
        kernel = random("vmlinuz", KERNEL_SIZE);
        gate =
                new Gate(
                        Rules.folder(Approval.ASK),
                        ip -> Optional.of(NODE),
                        mac ->
                                mac.equals(NODE)
                                        ? Optional.of("a: b\n".getBytes(StandardCharsets.UTF_8))
                                        : Optional.empty(),
                        log,
                        InstantSource.system());
        server = BootServer.start(setup(), tree(), loaders(), gate, log);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private Setup setup() {
        InetSocketAddress here = (InetSocketAddress) client.getLocalSocketAddress();
        Wire wire = new Wire(0, here.getPort(), 0, 0, 0, 0, () -> List.of(here));
        return new Setup(US, wire, DhcpRole.PROXY, InstantSource.system(), NODE::equals);
    }

    private BootTree tree() throws IOException {
        return BootTree.of(
                Map.of(
                        "groups/node.json",
                        new Content.Text(
                                "{\"id\":\"node\",\"profile\":\"node\",\"selector\":{\"mac\":\"%s\"}}"
                                        .formatted(NODE)),
                        "profiles/node.json",
                        new Content.Text(
                                "{\"id\":\"node\",\"boot\":{\"kernel\":\"/assets/vmlinuz\"}}"),
                        "assets/vmlinuz",
                        Content.File.at(kernel),
                        "assets/admin.txt",
                        new Content.Text("-----BEGIN EC PRIVATE KEY-----\n"),
                        "assets/controlplane.yaml",
                        new Content.Text("machine:\n  token: x\n")));
    }

    private Loaders loaders() {
        return new Loaders(
                List.of(
                        new Loaders.Loader(Firmware.BIOS, "undionly.kpxe", loader, "1.0.0"),
                        new Loaders.Loader(Firmware.UEFI_X64, "snponly.efi", loader, "2.0.0")));
    }

    @Test
    void firmware_is_offered_its_loader_and_ipxe_the_script() throws Exception {
        DhcpPacket offer = ask(discover(NODE).arch(7).build(), dhcp());
        assertThat(offer.messageType()).contains(MessageType.OFFER);
        assertThat(offer.file()).isEqualTo("snponly.efi");
        assertThat(new Ip4(offer.siaddr())).isEqualTo(US);
        assertThat(offer.yiaddr()).isZero();
        DhcpPacket script =
                ask(
                        discover(NODE)
                                .xid(43)
                                .arch(0)
                                .option(DhcpOption.USER_CLASS, "iPXE")
                                .build(),
                        dhcp());
        assertThat(script.bootFile()).isEqualTo(http() + "/boot.ipxe");
        assertThat(events(2, BootEvent.Offered.class))
                .extracting(BootEvent.Offered::file)
                .containsExactly("snponly.efi", http() + "/boot.ipxe");
    }

    @Test
    void port_4011_confirms() throws Exception {
        DhcpPacket asked = discover(NODE).type(MessageType.REQUEST).arch(0).build();
        DhcpPacket ack = ask(asked, Objects.requireNonNull(ports().pxe()));
        assertThat(ack.messageType()).contains(MessageType.ACK);
        assertThat(ack.file()).isEqualTo("undionly.kpxe");
    }

    /// RFC 2131 section 4.1: to the relay's port 67, and only there.
    @Test
    void a_relayed_question_is_answered_to_the_relay() throws Exception {
        try (DatagramSocket relay =
                new DatagramSocket(new InetSocketAddress("127.0.0.77", dhcp()))) {
            relay.setSoTimeout(10_000);
            int through = Ip4.of("127.0.0.77").bits();
            send(discover(NODE).giaddr(through).xid(7).build().encode(), dhcp());
            DatagramPacket in = new DatagramPacket(new byte[1500], 1500);
            relay.receive(in);
            DhcpPacket offer =
                    DhcpPacket.parse(Arrays.copyOf(in.getData(), in.getLength())).orElseThrow();
            assertThat(offer.xid()).isEqualTo(7);
            assertThat(offer.giaddr()).isEqualTo(through);
            assertThat(in.getPort()).as("from port 67").isEqualTo(dhcp());
        }
        assertThat(ask(discover(NODE).xid(8).build(), dhcp()).xid()).as("not twice").isEqualTo(8);
    }

    /// PXE 2.1 section 2.2.4: iPXE drops answers from another port than 4011.
    @Test
    void port_4011_answers_from_itself_to_the_port_that_asked() throws Exception {
        int pxe = Objects.requireNonNull(ports().pxe());
        send(discover(NODE).type(MessageType.REQUEST).build().encode(), pxe);
        DatagramPacket in = new DatagramPacket(new byte[1500], 1500);
        client.receive(in);
        assertThat(in.getPort()).isEqualTo(pxe);
    }

    @Test
    void a_thousand_made_up_clients_do_not_keep_a_machine_from_its_answer() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] mac = new byte[6];
            random.nextBytes(mac);
            send(discover(Mac.of(mac)).xid(i).build().encode(), dhcp());
            if (i % 1000 == 0) {
                int xid = -1 - i;
                assertThat(ask(discover(NODE).xid(xid).build(), dhcp()).xid()).isEqualTo(xid);
            }
        }
        assertThat(
                        events(BootEvent.Heard.class).stream()
                                .map(BootEvent.Heard::mac)
                                .distinct()
                                .count())
                .isLessThanOrEqualTo(1025);
    }

    @Test
    void strangers_ordinary_clients_and_broken_packets_get_no_answer() throws Exception {
        int port = dhcp();
        send(discover(STRANGER).arch(0).build().encode(), port);
        DhcpPacket stranger = discover(STRANGER).type(MessageType.REQUEST).arch(0).build();
        send(stranger.encode(), Objects.requireNonNull(ports().pxe()));
        send(DhcpBuilder.request(MessageType.DISCOVER, 5, NODE.bytes()).build().encode(), port);
        send(new byte[] {1, 2, 3}, port);
        // Only this one is answered, and nothing came before it.
        DhcpPacket first = ask(discover(NODE).xid(77).arch(0).build(), port);
        assertThat(first.xid()).isEqualTo(77);
        assertThat(events(BootEvent.Stray.class))
                .extracting(BootEvent.Stray::what)
                .containsExactly("broken DHCP packet of 3 bytes");
    }

    @Test
    void curl_fetches_by_tftp_what_fits_its_last_dhcp_packet() throws Exception {
        assumeTrue(curl("--version").contains("tftp"), "skipped: needs curl with TFTP");
        Path got = dir.resolve("got");
        curl("-o", got.toString(), tftp() + "/pxeboot");
        assertThat(Files.mismatch(got, loader)).isEqualTo(-1);
        request(NODE, true);
        assertThat(curl(tftp() + "/pxeboot")).startsWith("#!ipxe\n:again\nset cpu unknown");
        request(NODE, false);
        curl("-o", got.toString(), tftp() + "/pxeboot");
        assertThat(Files.mismatch(got, loader)).isEqualTo(-1);
        assertThat(events(3, BootEvent.TransferDone.class))
                .extracting(BootEvent.TransferDone::kind)
                .containsExactly(Payload.LOADER, Payload.SCRIPT, Payload.LOADER);
        assertThat(events(BootEvent.TransferDone.class).getLast().mac()).isEqualTo(NODE);
    }

    @Test
    void curl_fetches_large_files_by_tftp_and_http() throws Exception {
        assumeTrue(curl("--version").contains("tftp"), "skipped: needs curl with TFTP");
        Path got = dir.resolve("got");
        curl("-o", got.toString(), "--tftp-blksize", "1428", tftp() + "/vmlinuz");
        assertThat(Files.mismatch(got, kernel)).isEqualTo(-1);
        curl("-o", got.toString(), http() + "/assets/vmlinuz");
        assertThat(Files.mismatch(got, kernel)).isEqualTo(-1);
        curl("-r", "1000000-2999999", "-o", got.toString(), http() + "/assets/vmlinuz");
        byte[] all = Files.readAllBytes(kernel);
        assertThat(Files.readAllBytes(got))
                .isEqualTo(Arrays.copyOfRange(all, 1_000_000, 3_000_000));
    }

    @Test
    void tftp_hpa_reads_and_may_not_write() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/tftp")), "skipped: needs tftp (Debian: tftp-hpa)");
        String port = String.valueOf(ports().tftp());
        Path got = dir.resolve("got");
        run("tftp", "-m", "octet", US.toString(), port, "-c", "get", "pxeboot", got.toString());
        assertThat(Files.mismatch(got, loader)).isEqualTo(-1);
        String text =
                run(
                        "tftp",
                        "-m",
                        "netascii",
                        US.toString(),
                        port,
                        "-c",
                        "get",
                        "boot.ipxe",
                        got.toString());
        assertThat(Files.readString(got)).as(text).isEqualTo(Scripts.entry(http()));
        assertThat(run("tftp", US.toString(), port, "-c", "put", loader.toString(), "x"))
                .contains("Nothing can be written");
        assertThat(
                        run(
                                "tftp",
                                US.toString(),
                                port,
                                "-c",
                                "get",
                                "../groups/node.json",
                                "/dev/null"))
                .contains("File not found");
    }

    @Test
    void an_unapproved_machine_is_told_to_wait_and_then_gets_its_script() throws Exception {
        String url = http() + "/ipxe?mac=" + NODE.hyphens();
        assertThat(curl(url)).contains("waiting for Approve in Ichor").contains("sleep 2");
        gate.approve(NODE);
        assertThat(curl(url)).isEqualTo("#!ipxe\nkernel /assets/vmlinuz\nboot\n");
        assertThat(events(BootEvent.WaitingForApproval.class)).hasSize(1);
    }

    @Test
    void a_config_is_told_when_it_is_out_and_when_it_is_refused() throws Exception {
        String url = http() + "/generic?mac=" + NODE;
        gate.approve(NODE);
        assertThat(curl(url)).isEqualTo("403 forbidden: The server is not armed.\n");
        gate.arm();
        assertThat(curl(url)).isEqualTo("a: b\n");
        assertThat(curl(http() + "/generic?mac=" + STRANGER)).startsWith("403");
        assertThat(curl(http() + "/generic")).startsWith("403");
        assertThat(events(3, BootEvent.ConfigRefused.class)).hasSize(3);
        assertThat(events(1, BootEvent.ConfigServed.class)).hasSize(1);
    }

    @Test
    void a_machine_that_is_not_in_the_plan_is_told_so_and_starts_from_its_disk() throws Exception {
        assertThat(curl(http() + "/ipxe?mac=" + STRANGER.hyphens()))
                .isEqualTo(
                        """
                        #!ipxe
                        echo
                        echo This machine is not in the plan; add it in Ichor.
                        echo
                        echo MAC    ${mac}
                        echo UUID   ${uuid}
                        echo Serial ${serial}
                        echo
                        sleep 5
                        iseq ${platform} efi && goto efi || goto bios
                        :bios
                        sanboot --no-describe --drive 0x80 || exit 1
                        :efi
                        exit 1
                        """);
    }

    @Test
    void strangers_that_may_boot_get_to_a_page_that_asks_again() throws Exception {
        server.close();
        Setup s = setup();
        Setup open = new Setup(s.address(), s.wire(), s.dhcp(), s.clock(), s.known(), true);
        server = BootServer.start(open, tree(), loaders(), gate, log);
        assertThat(ask(discover(STRANGER).arch(7).build(), dhcp()).file()).isEqualTo("snponly.efi");
        assertThat(curl(http() + "/ipxe?mac=" + STRANGER.hyphens()))
                .contains("echo This machine is not in the plan; add it in Ichor.\n")
                .contains(":ask\nprompt --key d --timeout 5000 ")
                .contains("chain --replace --autofree " + http() + "/ipxe?uuid=")
                .doesNotContain("kernel");
        assertThat(curl(http() + "/generic?mac=" + STRANGER)).startsWith("403");
    }

    @Test
    void private_keys_and_other_folders_stay_inside() throws Exception {
        assertThat(curl(http() + "/assets/admin.txt")).startsWith(Secrets.PRIVATE_KEY);
        assertThat(curl(http() + "/assets/controlplane.yaml")).startsWith(Secrets.ONLY_GATED);
        assertThat(curl("--path-as-is", http() + "/assets/%2e%2e/groups/node.json"))
                .isEqualTo("404 page not found\n");
        assertThat(curl(http() + "/groups/node.json")).isEqualTo("404 page not found\n");
    }

    @Test
    void a_kernel_that_has_vanished_is_told_as_one_that_is_not_there() throws Exception {
        Files.delete(kernel);
        assertThat(curl(http() + "/assets/vmlinuz")).isEqualTo("404 page not found\n");
        assertThat(log.events())
                .filteredOn(e -> e instanceof BootEvent.TransferFailed)
                .singleElement()
                .satisfies(e -> {
                    BootEvent.TransferFailed f = (BootEvent.TransferFailed) e;
                    assertThat(f.kind()).isEqualTo(Payload.KERNEL);
                    assertThat(f.reason())
                            .isEqualTo("There is nothing for it in the served folder.");
                });
    }

    @Test
    void a_taken_port_is_told_in_words() {
        Wire wire = new Wire(0, 0, 0, 0, ports().http(), 0, List::of);
        Setup second = new Setup(US, wire, DhcpRole.OFF, InstantSource.system(), m -> true);
        assertThatThrownBy(() -> BootServer.start(second, tree(), loaders(), gate, log))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(e -> {
                    assertThat(e.problem().what())
                            .isEqualTo(
                                    "The boot server cannot open TCP port %d on 127.0.0.1."
                                            .formatted(ports().http()));
                    assertThat(e.problem().why()).isEqualTo("Another program on this PC has it.");
                });
    }

    @Test
    void an_address_that_is_gone_is_told_in_words() {
        Wire wire = new Wire(0, 0, 0, 0, 0, 0, List::of);
        Setup gone =
                new Setup(
                        Ip4.of("192.0.2.7"), wire, DhcpRole.OFF, InstantSource.system(), m -> true);
        assertThatThrownBy(() -> BootServer.start(gone, tree(), loaders(), gate, log))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(e ->
                        assertThat(e.problem().why())
                                .isEqualTo("No adapter of this PC has this address any more."));
    }

    @Test
    void the_control_listener_wants_its_token_and_streams_events() throws Exception {
        List<Mac> others = new ArrayList<>();
        try (ControlServer control =
                ControlServer.start(
                        "t0ken",
                        log,
                        gate,
                        mac -> Optional.of(""),
                        new ControlServer.Hands(ControlServer.DiskChoice.NONE, others::add))) {
            String url = "http://127.0.0.1:" + control.port();
            String auth = "Authorization: Bearer t0ken";
            assertThat(curl("-H", auth, "-X", "POST", url + "/other-loader?mac=" + NODE))
                    .isEqualTo("ok\n");
            assertThat(others).containsExactly(NODE);
            assertThat(curl("-H", auth, "-X", "POST", url + "/other-loader"))
                    .startsWith("say ?mac=");
            assertThat(curl("-H", auth, "-X", "POST", url + "/local-boot?mac=" + NODE))
                    .isEqualTo("ok\n");
            assertThat(log.events())
                    .anyMatch(e ->
                            e instanceof BootEvent.ActionChanged a
                                    && a.action().equals("local_boot"));
            assertThat(curl(url + "/metrics")).isEqualTo("401 unauthorized\n");
            assertThat(curl("-H", auth, "-X", "POST", url + "/approve?mac=" + NODE))
                    .isEqualTo("ok\n");
            assertThat(gate.approved(NODE)).isTrue();
            assertThat(curl("-H", auth, "-X", "POST", url + "/disk?mac=" + NODE + "&disk=sda"))
                    .startsWith("This server hands out a folder and installs nothing.");
            curl("-H", auth, "-X", "POST", url + "/arm");
            assertThat(gate.armed()).isTrue();
            assertThat(curl("-H", auth, url + "/metrics"))
                    .contains("ichor_machines{stage=\"waiting\"} 1\n");
            Process watch = new ProcessBuilder("curl", "-sN", "-H", auth, url + "/events").start();
            try (var lines = watch.inputReader()) {
                assertThat(lines.readLine()).startsWith("{\"event\":\"serviceUp\"");
                log.append(new BootEvent.Stray(InstantSource.system().instant(), "x", "live"));
                String line = lines.readLine();
                while (!line.contains("live")) {
                    line = lines.readLine();
                }
            } finally {
                watch.destroy();
            }
        }
    }

    private void request(Mac mac, boolean ipxe) throws IOException {
        DhcpBuilder b = discover(mac).type(MessageType.REQUEST).arch(0);
        int before = events(BootEvent.Leased.class).size();
        b.address(DhcpOption.REQUESTED_IP, US.bits()).xid(100 + before);
        if (ipxe) {
            b.option(DhcpOption.USER_CLASS, "iPXE");
        }
        send(b.build().encode(), dhcp());
        assertThat(events(before + 1, BootEvent.Leased.class)).hasSize(before + 1);
    }

    private static DhcpBuilder discover(Mac mac) {
        return DhcpBuilder.request(MessageType.DISCOVER, 42, mac.bytes())
                .option(DhcpOption.VENDOR_CLASS, "PXEClient:Arch:00000:UNDI:002001");
    }

    private DhcpPacket ask(DhcpPacket packet, int port) throws IOException {
        send(packet.encode(), port);
        DatagramPacket p = new DatagramPacket(new byte[1500], 1500);
        client.receive(p);
        return DhcpPacket.parse(Arrays.copyOf(p.getData(), p.getLength())).orElseThrow();
    }

    private void send(byte[] bytes, int port) throws IOException {
        InetAddress us = US.inet();
        client.send(new DatagramPacket(bytes, bytes.length, us, port));
    }

    private int dhcp() {
        return Objects.requireNonNull(ports().dhcp());
    }

    private Ports ports() {
        return server.ports();
    }

    private String http() {
        return "http://127.0.0.1:" + ports().http();
    }

    private String tftp() {
        return "tftp://127.0.0.1:" + ports().tftp();
    }

    /// All events of a kind, as soon as there are so many: peers see an answer before we tell it.
    private <T extends BootEvent> List<T> events(int count, Class<T> kind) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (events(kind).size() < count && System.nanoTime() < deadline) {
            Thread.yield();
        }
        return events(kind);
    }

    private <T extends BootEvent> List<T> events(Class<T> kind) {
        return log.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static String curl(String... args) throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/curl")), "skipped: needs curl");
        String[] all = new String[args.length + 3];
        all[0] = "curl";
        all[1] = "-s";
        all[2] = "-g";
        System.arraycopy(args, 0, all, 3, args.length);
        return run(all);
    }

    private static String run(String... command) throws Exception {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        p.getOutputStream().close();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        p.waitFor();
        return out;
    }

    private Path random(String name, int size) throws IOException {
        byte[] b = new byte[size];
        new Random(size).nextBytes(b);
        return Files.write(dir.resolve(name), b);
    }
}
