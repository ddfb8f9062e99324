package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ProblemException;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import okio.Buffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

class IpxeReleaseTest {
    private static final byte FILE = '0';
    private static final byte SYMLINK = '2';

    @TempDir private Path cache;
    private final MockWebServer server = new MockWebServer();
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void fetch() throws Exception {
        URI base = URI.create(server.url("/").toString().replaceAll("/$", ""));
        PinnedFiles files =
                new PinnedFiles(
                        new Cache(cache),
                        new Internet(Map.of(), pause -> {}),
                        InstantSource.system());
        new IpxeRelease(new IpxeRelease.Site(base, base), files, folder()).fetch(Amount.IGNORE);
    }

    private Path folder() {
        return cache.resolve("loaders");
    }

    /// Answers the release's facts, then the archive of what was [#add]ed.
    private void publish(String sum) throws IOException {
        byte[] archive = gzip();
        MessageDigest right = Sums.sha256();
        right.update(archive);
        String digest = sum.isEmpty() ? Sums.hex(right) : sum;
        server.enqueue(
                text(
                        "{\"assets\": [{\"name\": \"ipxe.iso\", \"digest\": \"sha256:00\"},"
                                + " {\"name\": \"ipxeboot.tar.gz\", \"digest\": \"sha256:"
                                + digest
                                + "\"}]}"));
        server.enqueue(
                new MockResponse.Builder().code(200).body(new Buffer().write(archive)).build());
    }

    private static MockResponse text(String body) {
        return new MockResponse.Builder().code(200).body(body).build();
    }

    private byte[] gzip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(tar.toByteArray());
            gzip.write(new byte[1024]);
        }
        return out.toByteArray();
    }

    private void add(String name, byte type, String content) throws IOException {
        byte[] header = new byte[512];
        byte[] body = type == FILE ? content.getBytes(StandardCharsets.UTF_8) : new byte[0];
        put(header, 0, name);
        put(header, 124, String.format("%011o", body.length));
        header[156] = type;
        put(header, 157, type == FILE ? "" : content);
        tar.write(header);
        tar.write(body);
        tar.write(new byte[(512 - body.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    @Test
    void unpacks_the_loaders_with_links_resolved_and_tells_their_version() throws Exception {
        add("ipxeboot/undionly.kpxe", FILE, "the BIOS build");
        add("ipxeboot/i386/ipxe.lkrn", FILE, "the kernel form");
        add("ipxeboot/ipxe.lkrn", SYMLINK, "i386/ipxe.lkrn");
        add("ipxeboot/x86_64-sb/snponly.efi", FILE, "signed: refuses Talos' kernel");
        add("ipxeboot/README", FILE, "not wanted");
        publish("");

        fetch();

        Path folder = folder();
        assertThat(folder.resolve("ipxe.lkrn")).hasContent("the kernel form");
        assertThat(folder.resolve("README")).doesNotExist();
        assertThat(folder.resolve("x86_64-sb")).doesNotExist();
        Loaders found = LoaderFinder.find(List.of(folder));
        assertThat(found.all())
                .extracting(l -> l.name() + " " + l.version())
                .containsExactly("undionly.kpxe 2.0.0");
        assertThat(found.parts()).containsKey("ipxe.lkrn");
    }

    @Test
    void fetches_nothing_when_it_is_there() throws Exception {
        add("ipxeboot/undionly.kpxe", FILE, "the BIOS build");
        publish("");
        fetch();

        fetch();

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void asks_for_one_pinned_version() throws Exception {
        add("ipxeboot/undionly.kpxe", FILE, "the BIOS build");
        publish("");
        fetch();

        assertThat(server.takeRequest().getUrl().encodedPath()).isEqualTo("/v2.0.0");
        assertThat(server.takeRequest().getUrl().encodedPath())
                .isEqualTo("/v2.0.0/ipxeboot.tar.gz");
    }

    @Test
    void an_archive_with_another_checksum_is_thrown_away() throws Exception {
        add("ipxeboot/undionly.kpxe", FILE, "not iPXE's");
        publish("0".repeat(64));

        assertThatThrownBy(this::fetch).isInstanceOf(ProblemException.class);

        assertThat(folder()).doesNotExist();
    }

    @Test
    void without_a_published_checksum_nothing_is_downloaded() {
        server.enqueue(text("{\"assets\": []}"));

        assertThatThrownBy(this::fetch)
                .hasMessage("The checksum of iPXE 2.0.0's boot loaders was not found.");

        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void an_archive_that_names_something_outside_of_itself_is_refused_whole() throws Exception {
        for (String name : List.of("../undionly.kpxe", "/tmp/undionly.kpxe", "a/../../ipxe.pxe")) {
            tar.reset();
            add("ipxeboot/undionly.kpxe", FILE, "good");
            add(name, FILE, "bad");
            publish("");
            assertThatThrownBy(this::fetch)
                    .as(name)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().why()).contains("outside of it"));
        }
        tar.reset();
        add("ipxeboot/undionly.kpxe", SYMLINK, "../../etc/passwd");
        publish("");
        assertThatThrownBy(this::fetch).isInstanceOf(ProblemException.class);
        assertThat(cache.resolve("undionly.kpxe")).doesNotExist();
        assertThat(folder().resolve("undionly.kpxe")).doesNotExist();
    }

    @Test
    void an_archive_that_is_cut_or_no_archive_is_refused() throws Exception {
        tar.write(new byte[] {'x', 1, 2, 3});
        tar.write(new byte[600]);
        publish("");

        assertThatThrownBy(this::fetch).hasMessage("ipxeboot.tar.gz cannot be unpacked.");
    }
}
