package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.artifacts.Upstream;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Schematic;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.World;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okio.Buffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// `ichor fetch` and `ichor cache` as typed, against a web server with a release and a Factory.
class FetchCommandTest {
    private static final Schematic REALTEK =
            new Schematic(java.util.List.of("siderolabs/realtek-firmware"), java.util.List.of());

    @TempDir private Path dir;
    private final MockWebServer web = new MockWebServer();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    private record Result(int exit, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        web.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        byte[] file = files.get(request.getUrl().encodedPath());
                        return file == null
                                ? new MockResponse.Builder().code(404).build()
                                : new MockResponse.Builder().body(new Buffer().write(file)).build();
                    }
                });
        web.start();
        byte[] kernel = file(0x202, 'H', 'd', 'r', 'S');
        byte[] initramfs = file(0, 0x28, 0xb5, 0x2f, 0xfd);
        files.put("/v1.13.9/vmlinuz-amd64", kernel);
        files.put("/v1.13.9/initramfs-amd64.xz", initramfs);
        put(
                "/v1.13.9/sha256sum.txt",
                sha256(kernel)
                        + "  vmlinuz-amd64\n"
                        + sha256(initramfs)
                        + "  initramfs-amd64.xz\n");
        put("/list", "[{\"tag_name\": \"v1.13.9\"}, {\"tag_name\": \"v1.12.5\"}]");
        put("/factory/schematics", "{\"id\": \"" + REALTEK.id() + "\"}");
        String image = "/factory/image/" + REALTEK.id() + "/v1.13.9/";
        files.put(image + "kernel-amd64", kernel);
        files.put(image + "initramfs-amd64.xz", initramfs);
        put(
                "/factory/version/v1.13.9/extensions/official",
                "[{\"name\": \"siderolabs/i915\", \"description\": \"Intel graphics\"}]");
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void without_a_signature_it_wants_a_word() {
        Result r = run("fetch --talos v1.13.9");

        assertThat(r.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(r.err())
                .isEqualTo(
                        "The origin of vmlinuz-amd64 from "
                                + web.getHostName()
                                + " is not verified. There is no signature beside it. If you trust"
                                + " the source, say so when asked, or with --accept-unverified;"
                                + " otherwise choose a release that is signed, v1.13 or later.\n");
    }

    @Test
    void shows_where_the_files_lie_and_what_installs_them() {
        Result r = run("fetch --talos v1.13.9 --accept-unverified");

        assertThat(r.exit()).isZero();
        assertThat(r.out())
                .contains("Talos v1.13.9  100 %")
                .contains("kernel     amd64  " + dir.resolve("cache/sha256"))
                .contains("origin     amd64  origin not verified, accepted by you\n")
                .endsWith("installer  ghcr.io/siderolabs/installer:v1.13.9\n");
    }

    @Test
    void extensions_make_a_schematic_and_the_installer_follows() {
        Result r = run("fetch --talos v1.13.9 --extensions siderolabs/realtek-firmware");

        assertThat(r.out())
                .contains("from the Image Factory, which gives no checksum")
                .endsWith(
                        "installer  factory.talos.dev/metal-installer/"
                                + REALTEK.id()
                                + ":v1.13.9\n");
    }

    @Test
    void what_is_named_is_written_into_the_cluster() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir.resolve("home"));
        folder.write(Draft.empty());

        run("fetch " + folder.root() + " --extensions siderolabs/realtek-firmware");

        assertThat(folder.read().image().installer(dev.ichor.cluster.TalosVersion.of("v1.13.9")))
                .contains(REALTEK.id());
    }

    @Test
    void lists_releases_and_extensions_also_without_internet() {
        assertThat(run("fetch --list").out()).isEqualTo("v1.13.9\nv1.12.5\n");
        assertThat(run("fetch --list-extensions").out())
                .isEqualTo("siderolabs/i915                              Intel graphics\n");
        files.clear();

        Result r = run("fetch --list");

        assertThat(r.out()).isEqualTo("v1.13.9\nv1.12.5\n");
        assertThat(r.err()).startsWith("This is the list of 2026-11-24T10:00:00Z. ");
    }

    @Test
    void takes_a_folder_instead_of_the_internet() throws Exception {
        Path stick = Files.createDirectories(dir.resolve("stick"));
        for (String name : new String[] {"vmlinuz-amd64", "initramfs-amd64.xz", "sha256sum.txt"}) {
            Files.write(stick.resolve(name), files.get("/v1.13.9/" + name));
        }
        files.clear();

        assertThat(run("fetch --talos v1.13.9 --accept-unverified --from " + stick).exit())
                .isZero();
    }

    @Test
    void the_cache_is_shown_and_emptied_but_for_what_a_cluster_boots() throws Exception {
        run("fetch --talos v1.13.9 --accept-unverified");
        ClusterFolder folder = ClusterFolder.open(dir.resolve("home"));
        folder.write(Draft.empty());

        assertThat(run("cache list").out())
                .isEqualTo(
                        """
                        v1.13.9      release        amd64      0.0 MB  origin not verified, accepted by you
                        0.0 MB in all
                        """);
        assertThat(run("cache prune").out()).endsWith("Nothing was deleted yet: say --yes.\n");
        assertThat(run("cache prune --yes --keep " + folder.root()).out())
                .isEqualTo("0.0 MB freed\n");
        assertThat(run("cache list").out()).startsWith("v1.13.9");
        run("cache prune --yes");
        assertThat(run("cache list").out()).isEqualTo("0.0 MB in all\n");
    }

    @Test
    void what_is_no_version_or_extension_is_said_so() {
        assertThat(run("fetch --talos latest").err())
                .startsWith("\"latest\" is not a Talos release.");
        assertThat(run("fetch --extensions a").err())
                .contains("There is not an extension among [a].");
    }

    @Test
    void progress_tells_rate_and_time_left() {
        assertThat(
                        ProgressLine.text(
                                new Amount("Talos v1.13.9", 48_200_000, 112_000_000, 12_300_000)))
                .isEqualTo("Talos v1.13.9   43 %  48.2 of 112.0 MB, 12.3 MB/s, 0:05 left");
    }

    private Result run(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Cli.run(line.split(" "), new Web(), new PrintWriter(out), new PrintWriter(err));
        return new Result(exit, out.toString(), err.toString());
    }

    private final class Web implements Platform {
        @Override
        public World world() {
            URI base = web.url("/").uri();
            return TestWorld.downloading(
                    new Upstream(
                            base,
                            base.resolve("list"),
                            base.resolve("factory"),
                            (talos, name) -> Optional.empty()),
                    dir.resolve("cache"));
        }

        @Override
        public Pretend pretend(int machines, Optional<Kill> kill) throws IOException {
            throw new AssertionError("not asked for here");
        }

        @Override
        public boolean wizard() {
            return false;
        }
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] file(int at, int... magic) {
        byte[] bytes = new byte[2000];
        for (int i = 0; i < magic.length; i++) {
            bytes[at + i] = (byte) magic[i];
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
