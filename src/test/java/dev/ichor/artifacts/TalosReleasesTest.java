package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

import okhttp3.OkHttpClient;

import okio.Buffer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

class TalosReleasesTest {
    private static final TalosVersion V = TalosVersion.of("v1.13.2");
    private static final byte[] KERNEL = bytes(300_000, 1);
    private static final byte[] INITRAMFS = bytes(500_000, 2);

    @TempDir Path cache;
    private final MockWebServer server = new MockWebServer();
    private final List<Amount> progress = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetches_checks_and_names_both_files() throws Exception {
        answer(sums(), all(KERNEL), all(INITRAMFS));

        Fetched got = fetch();

        assertThat(got.kernel()).isEqualTo(cache.resolve("v1.13.2/vmlinuz-amd64"));
        assertThat(got.kernel()).hasBinaryContent(KERNEL);
        assertThat(got.initramfs()).hasBinaryContent(INITRAMFS);
        assertThat(asked())
                .containsExactly(
                        "/releases/v1.13.2/sha256sum.txt -",
                        "/releases/v1.13.2/vmlinuz-amd64 -",
                        "/releases/v1.13.2/initramfs-amd64.xz -");
        assertThat(progress).last().isEqualTo(new Amount("initramfs-amd64.xz", 500_000, 500_000));
        assertThat(inCache())
                .containsExactly("initramfs-amd64.xz", "sha256sum.txt", "vmlinuz-amd64");
    }

    @Test
    void asks_nobody_when_everything_is_there_and_right() throws Exception {
        answer(sums(), all(KERNEL), all(INITRAMFS));
        fetch();

        fetch();

        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void fetches_again_only_what_was_damaged_in_the_cache() throws Exception {
        answer(sums(), all(KERNEL), all(INITRAMFS));
        Fetched got = fetch();
        Files.write(got.kernel(), new byte[] {7});
        asked();
        answer(sums(), all(KERNEL));

        assertThat(fetch().kernel()).hasBinaryContent(KERNEL);

        assertThat(asked())
                .containsExactly(
                        "/releases/v1.13.2/sha256sum.txt -", "/releases/v1.13.2/vmlinuz-amd64 -");
    }

    @Test
    void goes_on_where_the_line_was_cut() throws Exception {
        part("vmlinuz-amd64", KERNEL, 100_000);
        answer(sums(), rest(KERNEL, 100_000), all(INITRAMFS));

        assertThat(fetch().kernel()).hasBinaryContent(KERNEL);

        assertThat(asked()).contains("/releases/v1.13.2/vmlinuz-amd64 bytes=100000-");
    }

    @Test
    void asks_for_the_rest_by_itself_when_the_line_is_cut() throws Exception {
        server.setDispatcher(new CuttingMirror());

        assertThat(fetch().kernel()).hasBinaryContent(KERNEL);

        assertThat(asked()).anyMatch(r -> r.matches(".*vmlinuz-amd64 bytes=\\d+-"));
    }

    /// Cuts the kernel's first transfer, then serves ranges.
    private static final class CuttingMirror extends Dispatcher {
        private boolean cut;

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            String range = request.getHeaders().get("Range");
            if (path.endsWith("sha256sum.txt")) {
                return sums();
            }
            byte[] content = path.endsWith("vmlinuz-amd64") ? KERNEL : INITRAMFS;
            if (range != null) {
                return rest(content, Integer.parseInt(range.replaceAll("\\D", "")));
            }
            MockResponse answer = cut ? all(content) : cutInTheMiddle(content);
            cut = true;
            return answer;
        }
    }

    @Test
    void starts_anew_once_when_the_earlier_piece_was_of_another_file() throws Exception {
        part("vmlinuz-amd64", bytes(300_000, 9), 100_000);
        answer(sums(), rest(KERNEL, 100_000), all(KERNEL), all(INITRAMFS));

        assertThat(fetch().kernel()).hasBinaryContent(KERNEL);

        assertThat(asked())
                .contains(
                        "/releases/v1.13.2/vmlinuz-amd64 bytes=100000-",
                        "/releases/v1.13.2/vmlinuz-amd64 -");
    }

    @Test
    void takes_the_whole_from_a_server_that_knows_no_ranges() throws Exception {
        part("vmlinuz-amd64", KERNEL, 100_000);
        answer(sums(), all(KERNEL), all(INITRAMFS));

        assertThat(fetch().kernel()).hasBinaryContent(KERNEL);
    }

    @Test
    void a_piece_that_was_complete_already_only_gets_its_name() throws Exception {
        part("vmlinuz-amd64", KERNEL, KERNEL.length);
        answer(sums(), status(416), all(INITRAMFS));

        assertThat(fetch().kernel()).hasBinaryContent(KERNEL);
    }

    @Test
    void a_server_that_cuts_for_ever_is_named_and_the_piece_is_kept() {
        answer(sums(), cutInTheMiddle(KERNEL));
        server.enqueue(
                new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());

        assertThat(problem().what()).isEqualTo("The download of vmlinuz-amd64 broke off.");
        assertThat(inCache()).containsExactly("vmlinuz-amd64.part");
    }

    @Test
    void a_wrong_file_never_gets_its_name() {
        answer(sums(), all(bytes(300_000, 9)));

        assertThat(problem().what())
                .isEqualTo(
                        "vmlinuz-amd64 from "
                                + server.getHostName()
                                + " is not what Talos published.");
        assertThat(inCache()).isEmpty();
    }

    @Test
    void a_log_in_page_is_not_a_kernel() {
        answer(
                sums(),
                new MockResponse.Builder()
                        .setHeader("Content-Type", "text/html; charset=utf-8")
                        .body("<html>Welcome to our hotel")
                        .build());

        assertThat(problem().toString()).contains("sent a web page instead of vmlinuz-amd64");
        assertThat(inCache()).isEmpty();
    }

    @Test
    void a_version_that_does_not_exist_is_said_so() {
        answer(status(404));

        assertThat(problem().toString())
                .contains("does not have sha256sum.txt.")
                .contains("Check the Talos version");
    }

    @Test
    void a_server_in_trouble_is_said_so() {
        answer(sums(), status(503));

        assertThat(problem().why()).isEqualTo("It answers with status 503.");
    }

    @Test
    void a_checksum_list_without_our_files_is_refused() {
        answer(new MockResponse.Builder().body("hello\n").build());

        assertThat(problem().what()).contains("does not name vmlinuz-amd64.");
    }

    @Test
    void no_network_is_said_so() throws Exception {
        int nobody;
        try (ServerSocket s = new ServerSocket(0)) {
            nobody = s.getLocalPort();
        }
        var releases =
                new TalosReleases(
                        new OkHttpClient(), URI.create("http://127.0.0.1:" + nobody), cache);

        assertThatThrownBy(() -> releases.fetch(V, progress::add))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo("127.0.0.1 cannot be reached."));
    }

    @Test
    void a_full_disk_is_said_so() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "skipped: needs /dev/full");
        Files.createDirectories(cache.resolve("v1.13.2"));
        Files.createSymbolicLink(cache.resolve("v1.13.2/vmlinuz-amd64.part"), full);
        answer(sums(), all(KERNEL));

        assertThat(problem().why()).isEqualTo("The disk is full.");
    }

    @Test
    void a_disk_that_is_full_at_the_very_end_is_said_so() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "skipped: needs /dev/full");
        Files.createDirectories(cache.resolve("v1.13.2"));
        Files.createSymbolicLink(cache.resolve("v1.13.2/sha256sum.txt.part"), full);
        answer(sums(), all(KERNEL), all(INITRAMFS));

        assertThat(problem().what()).startsWith("sha256sum.txt could not be saved in ");
    }

    @Test
    void an_interrupt_stops_it_and_keeps_the_piece() throws Exception {
        answer(
                sums(),
                new MockResponse.Builder()
                        .body(new Buffer().write(KERNEL))
                        .throttleBody(100_000, 60, TimeUnit.SECONDS)
                        .build());
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread t =
                Thread.startVirtualThread(() -> {
                    try {
                        releases(server).fetch(V, amount -> begun.countDown());
                    } catch (Exception e) {
                        end.set(e);
                    }
                });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        t.interrupt();

        assertThat(t.join(Duration.ofSeconds(20))).isTrue();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(inCache()).containsExactly("vmlinuz-amd64.part");
    }

    @Test
    void a_release_line_alone_is_not_enough() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> releases(server).fetch(TalosVersion.of("v1.13"), progress::add))
                .withMessage("v1.13 is not a complete version.");
    }

    private Fetched fetch() throws IOException, InterruptedException {
        return releases(server).fetch(V, progress::add);
    }

    private Problem problem() {
        try {
            fetch();
        } catch (ProblemException e) {
            return e.problem();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was refused");
    }

    private TalosReleases releases(MockWebServer from) {
        return new TalosReleases(new OkHttpClient(), from.url("/releases").uri(), cache);
    }

    private void answer(MockResponse... responses) {
        for (MockResponse r : responses) {
            server.enqueue(r);
        }
    }

    /// Path and range of every request since the last call.
    private List<String> asked() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (RecordedRequest r = next(); r != null; r = next()) {
            String range = r.getHeaders().get("Range");
            all.add(r.getUrl().encodedPath() + " " + (range == null ? "-" : range));
        }
        return all;
    }

    private @Nullable RecordedRequest next() throws InterruptedException {
        return server.takeRequest(1, TimeUnit.MILLISECONDS);
    }

    private List<String> inCache() {
        try (Stream<Path> files = Files.list(cache.resolve("v1.13.2"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void part(String name, byte[] content, int length) throws IOException {
        Path folder = Files.createDirectories(cache.resolve("v1.13.2"));
        Files.write(folder.resolve(name + ".part"), Arrays.copyOf(content, length));
    }

    private static MockResponse sums() {
        return new MockResponse.Builder()
                .body(
                        sha256(KERNEL)
                                + "  vmlinuz-amd64\n"
                                + sha256(INITRAMFS)
                                + "  initramfs-amd64.xz\n")
                .build();
    }

    private static MockResponse all(byte[] content) {
        return new MockResponse.Builder().body(new Buffer().write(content)).build();
    }

    private static MockResponse rest(byte[] content, int from) {
        return new MockResponse.Builder()
                .code(206)
                .setHeader(
                        "Content-Range",
                        "bytes " + from + "-" + (content.length - 1) + "/" + content.length)
                .body(new Buffer().write(content, from, content.length - from))
                .build();
    }

    private static MockResponse cutInTheMiddle(byte[] content) {
        return new MockResponse.Builder()
                .body(new Buffer().write(content))
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build();
    }

    private static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    private static byte[] bytes(int length, int seed) {
        byte[] b = new byte[length];
        new SplittableRandom(seed).nextBytes(b);
        return b;
    }

    private static String sha256(byte[] content) {
        var digest = Sums.sha256();
        return HexFormat.of().formatHex(digest.digest(content));
    }
}
