package dev.ichor.artifacts;

import static dev.ichor.artifacts.Releases.all;
import static dev.ichor.artifacts.Releases.noise;
import static dev.ichor.artifacts.Releases.page;
import static dev.ichor.artifacts.Releases.rest;
import static dev.ichor.artifacts.Releases.sha256;
import static dev.ichor.artifacts.Releases.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import okhttp3.HttpUrl;

import okio.Buffer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// One file from a server that misbehaves.
class DownloadTest {
    private static final byte[] FILE = noise(300_000, 1);
    private static final byte[] OTHER = noise(300_000, 9);

    @TempDir Path folder;
    private Releases web;

    @BeforeEach
    void start() throws IOException {
        web = new Releases();
        web.files.put("/file", FILE);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void a_file_comes_and_its_checksum_with_it() throws Exception {
        assertThat(fetch(null)).isEqualTo(sha256(FILE));
        assertThat(part()).hasBinaryContent(FILE);
    }

    @Test
    void goes_on_where_it_was_cut_by_itself() throws Exception {
        web.script("/file", cut(FILE, "\"one\""));

        assertThat(fetch(null)).isEqualTo(sha256(FILE));

        assertThat(part()).hasBinaryContent(FILE);
        assertThat(web.asked().getLast()).matches("/file bytes=\\d+- if \"one\"");
    }

    @Test
    void a_file_that_changed_meanwhile_is_not_spliced() throws Exception {
        web.script("/file", cut(OTHER, "\"one\""), all(FILE));

        assertThat(fetch(null)).isEqualTo(sha256(FILE));

        assertThat(part()).hasBinaryContent(FILE);
    }

    @Test
    void a_weak_tag_proves_nothing_but_a_date_does() throws Exception {
        String date = "Tue, 24 Nov 2026 10:00:00 GMT";
        web.script(
                "/file",
                cut(FILE, "W/\"one\"").newBuilder().setHeader("Last-Modified", date).build());

        fetch(null);

        assertThat(web.asked().getLast()).endsWith(" if " + date);
    }

    @Test
    void without_tag_date_and_checksum_it_begins_anew() throws Exception {
        write(FILE, 100_000);

        assertThat(fetch(null)).isEqualTo(sha256(FILE));

        assertThat(web.asked()).containsExactly("/file");
    }

    @Test
    void a_piece_of_another_file_is_thrown_away_when_the_checksum_tells() throws Exception {
        write(OTHER, 100_000);

        assertThat(fetch(sha256(FILE))).isEqualTo(sha256(FILE));

        assertThat(web.asked()).containsExactly("/file bytes=100000-", "/file");
    }

    @Test
    void takes_the_whole_from_a_server_that_knows_no_ranges() throws Exception {
        write(FILE, 100_000);
        web.script("/file", all(FILE));

        assertThat(fetch(sha256(FILE))).isEqualTo(sha256(FILE));
        assertThat(part()).hasBinaryContent(FILE);
    }

    @Test
    void a_server_that_answers_another_range_is_not_believed() throws Exception {
        write(FILE, 100_000);
        web.script("/file", rest(FILE, 5));

        assertThat(fetch(sha256(FILE))).isEqualTo(sha256(FILE));
        assertThat(part()).hasBinaryContent(FILE);
    }

    @Test
    void a_piece_that_is_complete_already_is_only_checked() throws Exception {
        write(FILE, FILE.length);

        assertThat(fetch(sha256(FILE))).isEqualTo(sha256(FILE));
    }

    @Test
    void a_piece_that_is_longer_than_the_file_begins_anew() throws Exception {
        Files.write(
                Files.createDirectories(part().getParent()).resolve("f.part"), noise(400_000, 2));
        Files.writeString(part().resolveSibling("f.part.from"), "\"one\"");

        assertThat(fetch(null)).isEqualTo(sha256(FILE));
    }

    @Test
    void a_server_that_cuts_for_ever_is_named_and_the_piece_is_kept() throws Exception {
        web.script("/file", cut(FILE, "\"one\""));
        web.script("/file", Collections.nCopies(20, dead()).toArray(MockResponse[]::new));

        assertThat(problem(null).what()).isEqualTo("The download of file broke off.");
        assertThat(Files.size(part())).isPositive();
        assertThat(web.pauses()).containsExactly(seconds(1), seconds(2), seconds(4), seconds(8));
    }

    @Test
    void a_wrong_file_is_thrown_away() {
        Problem p = problem(sha256(OTHER));

        assertThat(p.what()).isEqualTo("file from " + host() + " is not what Talos published.");
        assertThat(p.remedy()).startsWith("It was thrown away.");
        assertThat(part()).doesNotExist();
    }

    @Test
    void a_log_in_page_is_called_so() {
        web.script("/file", page("text/html; charset=utf-8"));

        assertThat(problem(sha256(FILE)).toString())
                .contains("sent a web page instead of file")
                .contains("log-in page of a guest network");
    }

    @Test
    void a_log_in_page_without_a_type_is_seen_too() {
        web.script("/file", page("application/octet-stream"));

        assertThat(problem(sha256(FILE)).what()).contains("sent a web page instead of file");
        assertThat(part()).doesNotExist();
    }

    @Test
    void what_does_not_exist_is_said_so() {
        web.script("/file", status(404));

        assertThat(problem(null).what()).isEqualTo(host() + " does not have file.");
    }

    @Test
    void too_many_requests_are_waited_for_as_the_server_asks() throws Exception {
        web.script("/file", later(429, "7"), later(503, "3"), later(500, "soon"));

        assertThat(fetch(null)).isEqualTo(sha256(FILE));
        assertThat(web.pauses()).containsExactly(seconds(7), seconds(3), seconds(2));
    }

    @Test
    void a_date_to_come_back_at_is_read_by_the_servers_clock() throws Exception {
        web.script(
                "/file",
                later(429, "Tue, 24 Nov 2026 10:00:30 GMT")
                        .newBuilder()
                        .setHeader("Date", "Tue, 24 Nov 2026 10:00:10 GMT")
                        .build());

        fetch(null);

        assertThat(web.pauses()).containsExactly(seconds(20));
    }

    @Test
    void an_hour_is_not_waited_but_told() {
        web.script("/file", later(429, "3600"));

        assertThat(problem(null).toString())
                .contains("has had too many requests from this network")
                .contains("Try again in 61 minutes");
        assertThat(web.pauses()).isEmpty();
    }

    @Test
    void a_server_in_trouble_is_asked_five_times() throws Exception {
        web.script("/file", status(502), status(502), status(502), status(502), status(502));

        assertThat(problem(null).why()).isEqualTo("It is in trouble itself (status 502).");
        assertThat(web.asked()).hasSize(5);
    }

    @Test
    void a_server_that_is_not_there_is_said_so() throws Exception {
        int nobody;
        try (ServerSocket s = new ServerSocket(0)) {
            nobody = s.getLocalPort();
        }

        assertThat(problem(HttpUrl.get("http://127.0.0.1:" + nobody + "/file"), null).what())
                .isEqualTo("127.0.0.1 cannot be reached.");
    }

    @Test
    void a_name_nobody_knows_is_not_asked_twice() {
        assertThat(problem(HttpUrl.get("http://no-such-host.invalid/file"), null).why())
                .isEqualTo("Its name is not known here: probably there is no internet.");
        assertThat(web.pauses()).isEmpty();
    }

    @Test
    void a_file_that_does_not_fit_is_refused_before_it_comes() {
        web.script(
                "/file",
                new MockResponse.Builder()
                        .setHeader("Content-Length", "8000000000000000")
                        .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                        .build());

        assertThat(problem(null).toString())
                .contains("There is not enough room in ")
                .contains("The file needs 8000000000 MB, ");
    }

    @Test
    void a_full_disk_is_said_so() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "skipped: needs /dev/full");
        Files.createDirectories(part().getParent());
        Files.createSymbolicLink(part(), full);

        assertThat(problem(null).why()).isEqualTo("The disk is full.");
    }

    @Test
    void an_interrupt_stops_it_and_keeps_the_piece() throws Exception {
        web.script(
                "/file",
                new MockResponse.Builder()
                        .body(new Buffer().write(FILE))
                        .throttleBody(150_000, 60, TimeUnit.SECONDS)
                        .build());
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Meter meter = new Meter("", InstantSource.system(), amount -> begun.countDown());
        Thread t =
                Thread.startVirtualThread(() -> {
                    try {
                        download().file(url(), new Partial(part()), null, meter.part());
                    } catch (Exception e) {
                        end.set(e);
                    }
                });
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        t.interrupt();

        assertThat(t.join(Duration.ofSeconds(60))).isTrue();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(Files.size(part())).isPositive();
    }

    private String fetch(@Nullable String wanted) throws IOException, InterruptedException {
        Meter meter = new Meter("", InstantSource.system(), Amount.IGNORE);
        return download().file(url(), new Partial(part()), wanted, meter.part());
    }

    private Problem problem(@Nullable String wanted) {
        return problem(url(), wanted);
    }

    private Problem problem(HttpUrl url, @Nullable String wanted) {
        Meter meter = new Meter("", InstantSource.system(), Amount.IGNORE);
        try {
            download().file(url, new Partial(part()), wanted, meter.part());
        } catch (ProblemException e) {
            return e.problem();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was refused");
    }

    private Download download() {
        return web.internet().download();
    }

    private HttpUrl url() {
        return web.server.url("/file");
    }

    private String host() {
        return web.server.getHostName();
    }

    private Path part() {
        return folder.resolve("partial/f.part");
    }

    private void write(byte[] content, int length) throws IOException {
        Files.createDirectories(part().getParent());
        Files.write(part(), Arrays.copyOf(content, length));
    }

    private static MockResponse cut(byte[] content, String tag) {
        return new MockResponse.Builder()
                .setHeader("ETag", tag)
                .body(new Buffer().write(content))
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build();
    }

    private static MockResponse dead() {
        return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
    }

    private static MockResponse later(int code, String when) {
        return new MockResponse.Builder().code(code).setHeader("Retry-After", when).build();
    }

    private static Duration seconds(int n) {
        return Duration.ofSeconds(n);
    }
}
