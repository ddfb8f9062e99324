package dev.ichor.artifacts;

import static dev.ichor.artifacts.Releases.initramfs;
import static dev.ichor.artifacts.Releases.kernel;
import static dev.ichor.artifacts.Releases.page;
import static dev.ichor.artifacts.Releases.sha256;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.artifacts.TalosImages.Request;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.CachedTalos;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Origin;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Schematic;
import dev.ichor.cluster.TalosVersion;

import mockwebserver3.MockResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class TalosImagesTest {
    private static final TalosVersion V = TalosVersion.of("v1.13.2");
    private static final byte[] KERNEL = kernel(300_000, 1);
    private static final byte[] INITRAMFS = initramfs(500_000, 2);
    private static final Schematic REALTEK =
            new Schematic(List.of("siderolabs/realtek-firmware"), List.of());

    @TempDir Path folder;
    private final List<Amount> progress = new ArrayList<>();
    private final Map<String, String> known = new TreeMap<>();
    private Releases web;

    @BeforeEach
    void start() throws IOException {
        web = new Releases();
        web.files.put("/v1.13.2/vmlinuz-amd64", KERNEL);
        web.files.put("/v1.13.2/initramfs-amd64.xz", INITRAMFS);
        web.files.put("/v1.13.2/sha256sum.txt", ascii(sums(KERNEL, INITRAMFS)));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void brings_both_files_and_remembers_them_by_their_content() throws Exception {
        Fetched got = fetch(accepting());

        assertThat(got.kernel()).isEqualTo(folder.resolve("sha256/" + sha256(KERNEL)));
        assertThat(got.kernel()).hasBinaryContent(KERNEL);
        assertThat(got.initramfs()).hasBinaryContent(INITRAMFS);
        assertThat(progress)
                .last()
                .extracting(Amount::done, Amount::of)
                .containsExactly(800_000L, 800_000L);
        assertThat(inCache())
                .containsExactlyInAnyOrder(
                        "sha256/" + sha256(KERNEL),
                        "sha256/" + sha256(INITRAMFS),
                        "talos/v1.13.2-release-amd64.json");
    }

    @Test
    void the_owner_is_asked_once_for_all_files_that_nothing_vouches_for() throws Exception {
        List<String> asked = new ArrayList<>();
        fetch(
                new Request(
                        V,
                        new Image.Release(),
                        EnumSet.of(Arch.AMD64),
                        why -> asked.add(why.what() + " " + why.why())));

        assertThat(asked)
                .containsExactly(
                        "The origin of vmlinuz-amd64 from localhost is not verified."
                                + " There is no signature beside it.");
    }

    @Test
    void asks_nobody_when_everything_is_there_and_right() throws Exception {
        fetch(accepting());
        web.asked();

        fetch(plain());

        assertThat(web.asked()).isEmpty();
    }

    @Test
    void brings_again_only_what_was_damaged_in_the_cache() throws Exception {
        Fetched got = fetch(accepting());
        Files.write(got.kernel(), new byte[] {7});
        web.asked();

        assertThat(fetch(accepting()).kernel()).hasBinaryContent(KERNEL);

        assertThat(web.asked())
                .contains("/v1.13.2/vmlinuz-amd64")
                .doesNotContain("/v1.13.2/initramfs-amd64.xz");
    }

    @Test
    void both_families_share_what_is_equal() throws Exception {
        web.files.put("/v1.13.2/vmlinuz-arm64", kernel(200_000, 5));
        web.files.put("/v1.13.2/initramfs-arm64.xz", INITRAMFS);
        web.files.put(
                "/v1.13.2/sha256sum.txt",
                ascii(
                        sums(KERNEL, INITRAMFS)
                                + sums(kernel(200_000, 5), INITRAMFS).replace("amd64", "arm64")));

        Fetched got =
                fetch(new Request(V, new Image.Release(), EnumSet.allOf(Arch.class), why -> true));

        assertThat(got.files().keySet()).containsExactly(Arch.AMD64, Arch.ARM64);
        assertThat(got.files().lastEntry().getValue().initramfs()).isEqualTo(got.initramfs());
    }

    @Test
    void an_unsigned_release_needs_a_word_of_the_owner() {
        Problem p = problem(plain());

        assertThat(p.what())
                .isEqualTo("The origin of vmlinuz-amd64 from " + host() + " is not verified.");
        assertThat(p.why()).isEqualTo("There is no signature beside it.");
        assertThat(inCache()).isEmpty();
    }

    @Test
    void a_release_whose_checksums_came_with_the_program_needs_none() throws Exception {
        known.put("v1.13.2/vmlinuz-amd64", sha256(KERNEL));
        known.put("v1.13.2/initramfs-amd64.xz", sha256(INITRAMFS));

        assertThat(fetch(plain()).files().firstEntry().getValue().origin())
                .isEqualTo(Origin.SHIPPED);
    }

    @Test
    void a_list_that_contradicts_the_shipped_checksum_is_refused() {
        known.put("v1.13.2/vmlinuz-amd64", sha256(INITRAMFS));

        assertThat(problem(accepting()).what())
                .isEqualTo(host() + " offers another vmlinuz-amd64 than Talos published.");
    }

    @Test
    void the_weaker_origin_counts() throws Exception {
        known.put("v1.13.2/vmlinuz-amd64", sha256(KERNEL));

        assertThat(fetch(accepting()).files().firstEntry().getValue().origin())
                .isEqualTo(Origin.ACCEPTED);
    }

    @Test
    void a_bundle_that_is_none_is_worse_than_no_bundle() {
        web.files.put("/v1.13.2/vmlinuz-amd64.bundle", ascii("hello"));

        assertThat(problem(accepting()).what())
                .isEqualTo("The signature of vmlinuz-amd64 is wrong.");
    }

    @Test
    void a_wrong_file_never_gets_into_the_cache() {
        web.files.put("/v1.13.2/initramfs-amd64.xz", initramfs(500_000, 3));

        assertThat(problem(accepting()).what()).contains("is not what Talos published");
        assertThat(inCache()).noneMatch(f -> f.contains(sha256(initramfs(500_000, 3))));
        assertThat(inCache()).noneMatch(f -> f.startsWith("talos/"));
    }

    @Test
    void a_release_that_does_not_exist_is_said_so() {
        assertThat(
                        problem(
                                        new Request(
                                                TalosVersion.of("v1.13.99"),
                                                new Image.Release(),
                                                EnumSet.of(Arch.AMD64),
                                                why -> true))
                                .what())
                .isEqualTo(host() + " does not have Talos v1.13.99.");
    }

    @Test
    void a_list_without_our_files_is_refused() {
        web.files.put("/v1.13.2/sha256sum.txt", ascii("hello\n"));

        assertThat(problem(accepting()).what()).contains("does not name vmlinuz-amd64.");
    }

    @Test
    void a_release_line_alone_is_not_enough() {
        assertThat(
                        problem(
                                        new Request(
                                                TalosVersion.of("v1.13"),
                                                new Image.Release(),
                                                EnumSet.of(Arch.AMD64),
                                                why -> false))
                                .what())
                .isEqualTo("v1.13 is not a complete version.");
    }

    @Test
    void the_factory_is_told_the_schematic_and_its_files_are_pinned() throws Exception {
        factory(REALTEK, KERNEL);

        Fetched got = fetch(factoryWish(false));

        assertThat(got.files().firstEntry().getValue().origin()).isEqualTo(Origin.PINNED);
        assertThat(got.image().installer(V))
                .isEqualTo("factory.talos.dev/metal-installer/" + REALTEK.id() + ":v1.13.2");
        assertThat(web.asked().getFirst()).isEqualTo("/factory/schematics");
    }

    @Test
    void a_factory_that_gives_another_id_is_not_used() {
        web.script(
                "/factory/schematics",
                new MockResponse.Builder().code(201).body("{\"id\":\"0000\"}").build());

        assertThat(problem(factoryWish(false)).why())
                .isEqualTo("It gives them the ID 0000, Ichor computed " + REALTEK.id() + ".");
    }

    @Test
    void a_factory_image_that_changed_since_the_first_time_is_refused() throws Exception {
        factory(REALTEK, KERNEL);
        fetch(factoryWish(false));
        new Cache(folder).prune(kept -> false);
        factory(REALTEK, kernel(300_000, 7));

        assertThat(problem(factoryWish(false)).what())
                .isEqualTo(
                        "vmlinuz-amd64 from "
                                + host()
                                + " is not the file it was at the first download.");
        assertThat(inCache()).noneMatch(f -> f.contains(sha256(kernel(300_000, 7))));

        assertThat(fetch(factoryWish(true)).kernel()).hasBinaryContent(kernel(300_000, 7));
    }

    @Test
    void a_log_in_page_is_no_kernel_also_where_there_is_no_checksum() {
        factory(REALTEK, KERNEL);
        web.script(
                "/factory/image/" + REALTEK.id() + "/v1.13.2/kernel-amd64",
                page("application/octet-stream"));

        assertThat(problem(factoryWish(false)).what())
                .isEqualTo(host() + " sent a web page instead of vmlinuz-amd64.");
    }

    @Test
    void what_is_no_kernel_is_thrown_away() {
        factory(REALTEK, Releases.noise(5000, 3));

        assertThat(problem(factoryWish(false)).what())
                .isEqualTo("vmlinuz-amd64 from " + host() + " is not what its name says.");
        assertThat(inCache()).noneMatch(f -> f.contains("vmlinuz"));
    }

    @Test
    void a_folder_filled_on_another_pc_will_do() throws Exception {
        Path stick = Files.createDirectories(folder.resolve("stick/talos"));
        Files.write(stick.resolve("vmlinuz-amd64"), KERNEL);
        Files.write(stick.resolve("initramfs-amd64.xz"), INITRAMFS);
        Files.writeString(stick.resolve("sha256sum.txt"), sums(KERNEL, INITRAMFS));

        Fetched got = images().take(folder.resolve("stick"), accepting(), progress::add);

        assertThat(got.kernel()).hasBinaryContent(KERNEL);
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void an_archive_will_do_and_its_paths_lead_nowhere() throws Exception {
        Path zip =
                zip(
                        Map.of(
                                "../../../evil/vmlinuz-amd64", KERNEL,
                                "C:\\Windows\\initramfs-amd64.xz", INITRAMFS,
                                "a/sha256sum.txt", ascii(sums(KERNEL, INITRAMFS))));

        Fetched got = images().take(zip, accepting(), progress::add);

        assertThat(got.initramfs()).hasBinaryContent(INITRAMFS);
        assertThat(folder.resolve("../../../evil")).doesNotExist();
        assertThat(inCache())
                .containsExactlyInAnyOrder(
                        "sha256/" + sha256(KERNEL),
                        "sha256/" + sha256(INITRAMFS),
                        "talos/v1.13.2-release-amd64.json",
                        "talos.zip");
    }

    @Test
    void a_damaged_file_on_the_stick_is_refused() throws Exception {
        Path zip =
                zip(
                        Map.of(
                                "vmlinuz-amd64", kernel(300_000, 8),
                                "initramfs-amd64.xz", INITRAMFS,
                                "sha256sum.txt", ascii(sums(KERNEL, INITRAMFS))));

        assertThat(taking(zip).what())
                .isEqualTo("vmlinuz-amd64 from " + zip + " is not what Talos published.");
    }

    @Test
    void a_stick_with_the_kernel_missing_or_no_archive_at_all_is_said_so() throws Exception {
        Path zip = zip(Map.of("initramfs-amd64.xz", INITRAMFS));

        assertThat(taking(zip).what()).isEqualTo(zip + " does not hold vmlinuz-amd64.");
        Files.writeString(zip, "hello");
        assertThat(taking(zip).why()).isEqualTo("It is neither a folder nor a ZIP archive.");
        assertThat(taking(folder.resolve("none")).what()).endsWith(" cannot be read.");
    }

    @Test
    void the_cache_tells_sizes_and_keeps_what_is_used() throws Exception {
        fetch(accepting());
        factory(REALTEK, kernel(300_000, 7));
        fetch(factoryWish(false));
        Cache cache = new Cache(folder);

        assertThat(cache.list())
                .extracting(CachedTalos::image, CachedTalos::bytes)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("release", 800_000L),
                        org.assertj.core.groups.Tuple.tuple(REALTEK.id(), 800_000L));

        assertThat(cache.prune(c -> c.image().equals("release"))).isEqualTo(300_000);

        assertThat(fetch(plain()).initramfs()).hasBinaryContent(INITRAMFS);
        assertThat(cache.list())
                .extracting(CachedTalos::image, CachedTalos::bytes)
                .contains(org.assertj.core.groups.Tuple.tuple(REALTEK.id(), 500_000L));
    }

    private void factory(Schematic schematic, byte[] kernel) {
        web.files.put("/factory/schematics", ascii("{\"id\":\"" + schematic.id() + "\"}"));
        String image = "/factory/image/" + schematic.id() + "/v1.13.2/";
        web.files.put(image + "kernel-amd64", kernel);
        web.files.put(image + "initramfs-amd64.xz", INITRAMFS);
    }

    private static Request plain() {
        return new Request(V, new Image.Release(), EnumSet.of(Arch.AMD64), why -> false);
    }

    private static Request accepting() {
        return new Request(V, new Image.Release(), EnumSet.of(Arch.AMD64), why -> true);
    }

    private static Request factoryWish(boolean accept) {
        return new Request(V, new Image.Factory(REALTEK), Set.of(Arch.AMD64), why -> accept);
    }

    private Fetched fetch(Request wish) throws IOException, InterruptedException {
        return images().fetch(wish, progress::add);
    }

    private Problem problem(Request wish) {
        try {
            fetch(wish);
        } catch (ProblemException e) {
            return e.problem();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was refused");
    }

    private Problem taking(Path from) {
        try {
            images().take(from, accepting(), progress::add);
        } catch (ProblemException e) {
            return e.problem();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was refused");
    }

    private TalosImages images() {
        URI base = web.server.url("/").uri();
        Upstream upstream =
                new Upstream(
                        base,
                        base.resolve("list"),
                        base.resolve("factory"),
                        (talos, name) -> Optional.ofNullable(known.get(talos + "/" + name)));
        return new TalosImages(
                upstream,
                new Cache(folder),
                web.internet(),
                InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z")));
    }

    private String host() {
        return web.server.getHostName();
    }

    private List<String> inCache() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f).toString())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path zip = folder.resolve("talos.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var e : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(e.getKey()));
                out.write(e.getValue());
            }
        }
        return zip;
    }

    private static String sums(byte[] kernel, byte[] initramfs) {
        return sha256(kernel) + "  vmlinuz-amd64\n" + sha256(initramfs) + "  initramfs-amd64.xz\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
