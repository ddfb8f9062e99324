package dev.ichor.netboot;

import static dev.ichor.netboot.TftpClient.read;
import static dev.ichor.netboot.TftpClient.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.Gen;
import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Data;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;
import dev.ichor.netboot.tftp.TftpPacket.WriteRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The TFTP service over loopback, packet by packet and against the clients people have.
@Timeout(180)
class TftpServiceTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir Path dir;

    private final BootLog log = new BootLog();
    private final Clients clients = new Clients(m -> true);
    private Path assets;
    private TftpService service;

    @BeforeEach
    void start() throws IOException {
        assets = Files.createDirectories(dir.resolve("tree/assets"));
        service = service(Offload.here());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private TftpService service(Offload offload) throws IOException {
        BootTree tree = BootTree.folder(dir.resolve("tree"), assets);
        InstantSource clock = InstantSource.system();
        return new TftpService(
                new InetSocketAddress(US.inet(), 0),
                new TftpService.Context(
                        new Offerings(
                                tree,
                                LoaderChoice.first(new Loaders(List.of())),
                                "http://127.0.0.1:80"),
                        clients,
                        new Identity(clients, ip -> Optional.of(NODE), clock),
                        new Reporter(log, clock)),
                offload);
    }

    @ParameterizedTest
    @CsvSource({
        "blksize 65464, blksize 1468",
        "blksize 8, blksize 8",
        "blksize 7, ''",
        "BLKSIZE 512, blksize 512",
        "tsize 0, tsize 1000",
        "timeout 255, timeout 255",
        "timeout 0, ''",
        "timeout 256, ''",
        "windowsize 200, windowsize 64",
        "windowsize 0, ''",
        "multicast 1, ''",
        "blksize -1, ''",
        "tsize 0 blksize 1468 windowsize 4, tsize 1000 blksize 1468 windowsize 4",
        "blksize 1432 tsize 0, blksize 1432 tsize 1000"
    })
    void only_what_was_asked_is_agreed_to_within_our_limits(String asked, String agreed)
            throws IOException {
        file("f", 1000);
        try (TftpClient c = client()) {
            TftpPacket answer = c.ask(read("f", asked.split(" ")));
            assertThat(answer instanceof Oack(var o) ? words(o) : "").isEqualTo(agreed);
        }
    }

    @Test
    void firmware_known_by_its_dhcp_packets_gets_small_windows() throws IOException {
        file("f", 1000);
        clients.requested(NODE, 7, false, US, InstantSource.system().instant());
        try (TftpClient c = client()) {
            assertThat(words(((Oack) c.ask(read("f", "windowsize", "64"))).options()))
                    .isEqualTo("windowsize 16");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void block_numbers_go_on_after_65535(int window) throws IOException {
        byte[] file = file("f", 8 * 66_000 + 3);
        try (TftpClient c = client()) {
            assertThat(c.fetch(read("f", "blksize", "8", "windowsize", "" + window)))
                    .isEqualTo(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024})
    void the_last_block_is_shorter_if_need_be_empty(int size) throws IOException {
        byte[] file = file("f", size);
        try (TftpClient c = client()) {
            assertThat(c.fetch(read("f"))).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_arrives_whole_whatever_gets_lost(boolean segmented) throws IOException {
        try (TftpService s = service(segmented ? Offload.here() : Offload.NONE)) {
            Gen.check(
                    6,
                    gen -> {
                        byte[] file = file("f", gen.between(0, 60_000));
                        ReadRequest r =
                                read(
                                        "f",
                                        "blksize",
                                        "" + gen.between(400, 1500),
                                        "windowsize",
                                        "" + gen.between(1, 70));
                        try (TftpClient c = new TftpClient(s.port())) {
                            assertThat(c.fetch(r, () -> gen.oneIn(20))).isEqualTo(file);
                        }
                    });
        }
    }

    @Test
    void a_window_is_sent_again_from_the_last_block_that_arrived() throws IOException {
        file("f", 512 * 10);
        try (TftpClient c = client()) {
            c.ask(read("f", "windowsize", "4"));
            c.send(new Ack(0));
            assertThat(blocks(c, 4)).containsExactly(1, 2, 3, 4);
            c.send(new Ack(2));
            assertThat(blocks(c, 4)).containsExactly(3, 4, 5, 6);
        }
    }

    @Test
    void two_lost_windows_make_the_window_small() throws IOException {
        file("f", 512 * 200);
        try (TftpClient c = client()) {
            c.ask(read("f", "windowsize", "64"));
            c.send(new Ack(0));
            assertThat(blocks(c, 64)).isEqualTo(range(1, 64));
            c.send(new Ack(10));
            assertThat(blocks(c, 64)).as("one loss").isEqualTo(range(11, 74));
            c.send(new Ack(20));
            assertThat(blocks(c, 16)).as("two losses").isEqualTo(range(21, 36));
            assertThat(blocks(c, 1)).as("no answer: the window again").containsExactly(21);
        }
    }

    @Test
    void an_ack_repeated_at_once_does_not_double_the_packets() throws IOException {
        file("f", 512 * 4);
        try (TftpClient c = client()) {
            c.ask(read("f"));
            for (int i = 0; i < 3; i++) {
                c.send(new Ack(1));
            }
            // Each repeat obeyed would have sent block 2 again before block 3.
            assertThat(blocks(c, 1)).containsExactly(2);
            c.send(new Ack(2));
            assertThat(blocks(c, 1)).containsAnyOf(2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTION_REFUSED", "NOT_DEFINED"})
    void firmware_that_only_wants_the_size_is_no_failure(ErrorCode code) throws IOException {
        byte[] file = file("f", 1000);
        try (TftpClient probe = client();
                TftpClient c = client()) {
            assertThat(probe.ask(read("f", "tsize", "0"))).isInstanceOf(Oack.class);
            probe.send(new TftpError(code, "User aborted the transfer"));
            assertThat(c.fetch(read("f"))).isEqualTo(file);
        }
        await(BootEvent.TransferDone.class);
        assertThat(events(BootEvent.TransferFailed.class)).isEmpty();
    }

    @Test
    void a_stranger_is_told_so_and_the_transfer_goes_on() throws IOException {
        file("f", 1000);
        try (TftpClient c = client();
                TftpClient stranger = client()) {
            assertThat(c.ask(read("f"))).isInstanceOf(Data.class);
            stranger.to(c.transfer(), new Ack(1));
            assertThat(stranger.receive())
                    .isEqualTo(
                            new TftpError(ErrorCode.UNKNOWN_TRANSFER, "This is not your transfer"));
            c.send(new Ack(1));
            assertThat(blocks(c, 1)).containsExactly(2);
        }
    }

    @Test
    void each_transfer_has_a_port_of_our_address() throws IOException {
        file("f", 1000);
        try (TftpClient a = client();
                TftpClient b = client()) {
            a.ask(read("f"));
            b.ask(read("f"));
            assertThat(a.transfer()).isNotEqualTo(b.transfer()).isNotEqualTo(server());
            assertThat(((InetSocketAddress) a.transfer()).getAddress()).isEqualTo(US.inet());
        }
    }

    @Test
    void a_request_repeated_before_the_answer_arrived_comes_from_the_same_port()
            throws IOException {
        file("f", 1000);
        try (TftpClient c = client()) {
            TftpPacket first = c.ask(read("f", "blksize", "600"));
            var port = c.transfer();
            assertThat(c.ask(read("f", "blksize", "600"))).isEqualTo(first);
            assertThat(c.transfer()).isEqualTo(port);
        }
    }

    @Test
    void nothing_is_written_and_odd_modes_are_refused_in_words() throws IOException {
        try (TftpClient c = client()) {
            ReadRequest put = read("x");
            assertThat(c.ask(new WriteRequest("x", "octet", put.options())))
                    .isEqualTo(new TftpError(ErrorCode.ACCESS_VIOLATION, "Nothing can be written"));
            assertThat(c.ask(request("x", "mail")))
                    .isEqualTo(
                            new TftpError(
                                    ErrorCode.ILLEGAL_OPERATION,
                                    "Only octet and netascii are served"));
        }
    }

    @Test
    void netascii_is_translated_and_tells_its_real_size() throws IOException {
        Files.writeString(assets.resolve("t"), "a\nb\rc\r\n".repeat(3000));
        byte[] sent = "a\r\nb\r\0c\r\0\r\n".repeat(3000).getBytes(StandardCharsets.US_ASCII);
        try (TftpClient c = client()) {
            Oack oack = (Oack) c.ask(request("t", "netascii", "tsize", "0"));
            assertThat(oack.options()).containsEntry("tsize", "" + sent.length);
        }
        try (TftpClient c = client()) {
            assertThat(c.fetch(request("t", "netascii", "windowsize", "5"))).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "/../../secret",
                "..\\..\\secret",
                "/etc/hostname",
                "C:\\secret",
                "link",
                "out/secret"
            })
    void nothing_outside_of_the_folder_is_handed_out(String name) throws IOException {
        Files.writeString(dir.resolve("secret"), "s");
        Files.createSymbolicLink(assets.resolve("link"), dir.resolve("secret"));
        Files.createSymbolicLink(assets.resolve("out"), dir);
        try (TftpClient c = client()) {
            assertThat(c.ask(read(name)))
                    .isEqualTo(new TftpError(ErrorCode.NOT_FOUND, "File not found"));
        }
    }

    @Test
    void a_file_that_shrinks_under_its_transfer_is_an_error_and_told() throws IOException {
        file("f", Copies.SMALL + 1);
        try (TftpClient c = client()) {
            c.ask(read("f"));
            Files.write(assets.resolve("f"), new byte[600]);
            c.send(new Ack(1));
            TftpPacket answer = c.receive();
            // The second block may have been made ready before.
            if (answer instanceof Data(int block, byte[] _)) {
                assertThat(block).isEqualTo(2);
                c.send(new Ack(2));
                answer = c.receive();
            }
            assertThat(answer)
                    .isEqualTo(
                            new TftpError(
                                    ErrorCode.NOT_DEFINED,
                                    "The file became shorter while it was sent."));
        }
        BootEvent.TransferFailed told = await(BootEvent.TransferFailed.class);
        assertThat(told.file()).isEqualTo("f");
        assertThat(told.reason()).isEqualTo("The file became shorter while it was sent.");
        assertThat(told.mac()).isEqualTo(NODE);
    }

    @Test
    void a_small_file_is_read_once_for_all_who_want_it_and_anew_when_it_changed() throws Exception {
        Path small = assets.resolve("f");
        Copies copies = new Copies();
        file("f", 1000);
        Copies.Copy first = copies.of(small, TftpFile.State.of(small));
        assertThat(copies.of(small, TftpFile.State.of(small)).held().bytes())
                .isSameAs(first.held().bytes());
        byte[] other = file("f", 1001);
        assertThat(copies.of(small, TftpFile.State.of(small)).held().bytes()).isEqualTo(other);
    }

    @Test
    void a_file_that_grows_under_its_transfer_is_an_error_and_told() throws IOException {
        file("f", 1000);
        try (TftpClient c = client()) {
            c.ask(read("f"));
            Files.write(assets.resolve("f"), new byte[2000]);
            c.send(new Ack(1));
            assertThat(c.receive())
                    .isEqualTo(
                            new TftpError(
                                    ErrorCode.NOT_DEFINED,
                                    "The file was changed while it was sent."));
        }
        assertThat(await(BootEvent.TransferFailed.class).file()).isEqualTo("f");
    }

    /// 400 bytes a segment: Linux refuses a window of more than 128 of them (EINVAL), as it refuses
    /// all on some adapters (EIO).
    @Test
    void what_the_system_refuses_to_segment_is_sent_packet_by_packet_to_the_end() throws Exception {
        assumeTrue(Offload.here() instanceof UdpSegment, "skipped: needs UDP segmentation (Linux)");
        List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
        Offload refused =
                (channel, bytes) -> {
                    asked.add(bytes);
                    return Offload.here().segment(channel, bytes == 0 ? 0 : 400);
                };
        byte[] file = file("f", 1_000_000);
        try (TftpService s = service(refused);
                TftpClient c = new TftpClient(s.port())) {
            assertThat(c.fetch(read("f", "blksize", "1468", "windowsize", "64"))).isEqualTo(file);
        }
        assertThat(asked).as("on, and off for good").containsExactly(1472, 0);
    }

    @Test
    void a_file_that_is_not_there_is_told_by_its_name() throws IOException {
        try (TftpClient c = client()) {
            assertThat(c.ask(read("sub\\lost.txt")))
                    .isEqualTo(new TftpError(ErrorCode.NOT_FOUND, "File not found"));
        }
        BootEvent.TransferFailed told = await(BootEvent.TransferFailed.class);
        assertThat(told.file()).isEqualTo("sub/lost.txt");
        assertThat(told.reason()).isEqualTo("There is no such file.");
    }

    @Test
    void an_abandoned_transfer_leaves_nothing_open() throws Exception {
        assumeTrue(Files.isDirectory(OPEN_FILES), "skipped: needs /proc");
        file("f", Copies.SMALL + 1);
        try (TftpClient c = client()) {
            c.ask(read("f"));
            assertThat(open()).contains(assets.resolve("f"));
            assertThat(await(BootEvent.TransferFailed.class).reason())
                    .isEqualTo("The machine stopped answering.");
            while (open().contains(assets.resolve("f"))) {
                Thread.yield();
            }
            new DatagramSocket(c.transfer()).close(); // its port is free again
        }
    }

    @Test
    void one_client_cannot_take_all_transfers_and_a_silent_one_is_given_up() throws IOException {
        file("f", 1000);
        List<TftpClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                silent.add(client());
                silent.getLast().send(read("f", "tsize", "0"));
            }
            assertThat(await(BootEvent.Stray.class).what())
                    .startsWith("Too many transfers at once");
            assertThat(await(BootEvent.TransferFailed.class).reason())
                    .isEqualTo("The machine stopped answering.");
            try (TftpClient c = client()) {
                assertThat(c.fetch(read("f"))).hasSize(1000);
            }
        } finally {
            silent.forEach(TftpClient::close);
        }
    }

    @Test
    void real_clients_fetch_what_is_there() throws Exception {
        byte[] file = file("f", 300_001);
        String port = "" + service.port();
        Path got = dir.resolve("got");
        String out = got.toString();
        List<List<String>> all =
                List.of(
                        List.of("tftp", "-m", "octet", "127.0.0.1", port, "-c", "get", "f", out),
                        List.of("atftp", "-g", "-r", "f", "-l", out, "127.0.0.1", port),
                        List.of(
                                "atftp",
                                "--option",
                                "blksize 1468",
                                "--option",
                                "windowsize 16",
                                "-g",
                                "-r",
                                "f",
                                "-l",
                                out,
                                "127.0.0.1",
                                port),
                        List.of(
                                "busybox",
                                "tftp",
                                "-g",
                                "-b",
                                "1428",
                                "-r",
                                "f",
                                "-l",
                                out,
                                "127.0.0.1",
                                port),
                        List.of("curl", "-s", "-o", out, "tftp://127.0.0.1:" + port + "/f"));
        List<String> missing =
                all.stream().map(List::getFirst).filter(c -> !installed(c)).distinct().toList();
        for (List<String> command : all) {
            if (!missing.contains(command.getFirst())) {
                Files.deleteIfExists(got);
                String said = run(command);
                assertThat(got).as(command + ": " + said).hasBinaryContent(file);
            }
        }
        assumeTrue(missing.isEmpty(), "skipped in part: needs " + missing);
    }

    private byte[] file(String name, int size) throws IOException {
        byte[] b = new byte[size];
        new Random(size).nextBytes(b);
        Files.write(assets.resolve(name), b);
        return b;
    }

    /// What this process has open.
    private static List<Path> open() throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path link : links) {
                try {
                    all.add(Files.readSymbolicLink(link));
                } catch (NoSuchFileException e) {
                    // Closed meanwhile.
                }
            }
        }
        return all;
    }

    private static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private TftpClient client() throws IOException {
        return new TftpClient(service.port());
    }

    private InetSocketAddress server() {
        return new InetSocketAddress(US.inet(), service.port());
    }

    private static List<Integer> blocks(TftpClient c, int count) throws IOException {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(((Data) c.receive()).block());
        }
        return all;
    }

    private static String words(SequencedMap<String, String> options) {
        return options.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(" "));
    }

    private <T extends BootEvent> List<T> events(Class<T> kind) {
        return log.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The first event of a kind, as soon as it is told.
    private <T extends BootEvent> T await(Class<T> kind) {
        while (events(kind).isEmpty()) {
            Thread.yield();
        }
        return events(kind).getFirst();
    }

    private static boolean installed(String command) {
        return Files.exists(Path.of("/usr/bin", command)) || Files.exists(Path.of("/bin", command));
    }

    private static String run(List<String> command) throws Exception {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        p.getOutputStream().close();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        p.waitFor();
        return out;
    }
}
