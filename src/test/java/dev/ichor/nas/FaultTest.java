package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// What breaks in the middle, and what the NAS holds afterwards.
@Timeout(300)
class FaultTest {
    private static final Map<String, String> OLD =
            Map.of(
                    "assets/talos/v1/vmlinuz", "kernel 1 ".repeat(100_000),
                    "assets/unknown.ipxe", "page 1",
                    "profiles/one.json", "profile 1",
                    "profiles/two.json", "profile 1",
                    "groups/one.json", "group 1",
                    "groups/two.json", "group 1",
                    "groups/gone.json", "group 1");
    private static final Map<String, String> NEW =
            Map.of(
                    "assets/talos/v1/vmlinuz", OLD.get("assets/talos/v1/vmlinuz"),
                    "assets/talos/v2/vmlinuz", "kernel 2 ".repeat(100_000),
                    "assets/unknown.ipxe", "page 2 ".repeat(200_000),
                    "profiles/one.json", "profile 2",
                    "profiles/two.json", "profile 2",
                    "groups/one.json", "group 2",
                    "groups/two.json", "group 2",
                    "groups/größe 3.json", "group 2");

    private static final Map<String, String> OTHER =
            Map.of(
                    "assets/talos/v1/vmlinuz", OLD.get("assets/talos/v1/vmlinuz"),
                    "assets/unknown.ipxe", "page 3 ".repeat(200_000),
                    "profiles/one.json", "profile 3",
                    "profiles/two.json", "profile 3",
                    "groups/one.json", "group 3",
                    "groups/two.json", "group 3");

    private static final Path FAKETIME =
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

    private static final long LARGE = 12 << 20;

    @TempDir Path home;
    @TempDir Path folder;

    /// Ten in all, in halves that are quick.
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void cut_at_five_random_points_no_file_is_half_and_the_next_time_goes_on(long seed)
            throws Exception {
        try (Sshd sshd = Sshd.start(home)) {
            int all = steps(sshd, home.resolve("count"));
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 5; i++) {
                cut(sshd, home.resolve("nas-" + i), random.nextInt(1, all));
            }
        }
    }

    private static void cut(Sshd sshd, Path nas, int point) throws Exception {
        try (Nas to = connect(sshd, nas)) {
            copy(OLD, to.remote);
            brokenOff(Mishap.at(point, to.remote, sshd::cut));
        }
        Map<String, String> left = there(nas);
        for (String path : OLD.keySet()) {
            boolean goes = !NEW.containsKey(path);
            if (left.containsKey(path) || !goes) {
                String text = NEW.getOrDefault(path, "");
                assertThat(left.get(path))
                        .as("%s after a cut at %d", path, point)
                        .isIn(OLD.get(path), text);
            }
        }
        try (Nas to = connect(sshd, nas)) {
            copy(NEW, to.remote);
            assertThat(there(nas)).isEqualTo(new TreeMap<>(NEW));
            to.undo();
        }
        assertThat(there(nas)).as("undone after %d", point).isEqualTo(new TreeMap<>(OLD));
    }

    /// How many points there are to cut at.
    private static int steps(Sshd sshd, Path nas) throws Exception {
        AtomicInteger steps = new AtomicInteger();
        try (Nas to = connect(sshd, nas)) {
            copy(OLD, to.remote);
            copy(NEW, new Mishap(to.remote, steps::incrementAndGet));
        }
        return steps.get();
    }

    /// Fails in words, or not at all when all that counts was done.
    private static void brokenOff(Remote remote) throws IOException {
        try {
            copy(NEW, remote);
        } catch (ProblemException e) {
            assertThat(e.problem().why()).isEqualTo("The connection to the NAS broke off.");
        }
    }

    @Test
    void after_a_crash_of_the_program_the_next_one_undoes_or_goes_on() throws Exception {
        for (boolean undo : new boolean[] {true, false}) {
            copyTo(folder, OLD);
            Process program =
                    new ProcessBuilder(
                                    ProcessHandle.current().info().command().orElseThrow(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Crash.class.getName(),
                                    folder.toString())
                            .inheritIO()
                            .start();
            assertThat(program.waitFor()).isEqualTo(Crash.CRASHED);
            assertThat(there(folder))
                    .isNotEqualTo(new TreeMap<>(OLD))
                    .isNotEqualTo(new TreeMap<>(NEW));
            try (Nas nas = at(folder)) {
                if (!undo) {
                    copy(NEW, nas.remote);
                    assertThat(there(folder)).isEqualTo(new TreeMap<>(NEW));
                }
                nas.undo();
            }
            assertThat(there(folder)).isEqualTo(new TreeMap<>(OLD));
        }
    }

    /// A program that ends as by a power cut when a first new file has its name.
    static final class Crash {
        static final int CRASHED = 77;

        private Crash() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            try (Nas nas = at(folder)) {
                copy(
                        NEW,
                        new Mishap(
                                nas.remote,
                                () -> {
                                    if (text(folder.resolve("profiles/one.json")).endsWith("2")) {
                                        Runtime.getRuntime().halt(CRASHED);
                                    }
                                }));
            }
        }
    }

    @Test
    void a_large_file_goes_on_where_the_line_was_cut() throws Exception {
        BootTree tree = large(7);
        try (Sshd sshd = Sshd.start(home)) {
            try (Nas to = connect(sshd, folder)) {
                Mishap mishap = Mishap.at(100, to.remote, sshd::cut);
                assertThat(refused(() -> copy(tree, mishap)).why())
                        .isEqualTo("The connection to the NAS broke off.");
            }
            long there = Files.size(folder.resolve("assets/initramfs.part"));
            assertThat(there).isBetween(1L << 20, LARGE - 1);

            try (Nas to = connect(sshd, folder)) {
                assertThat(copy(tree, to.remote))
                        .isEqualTo(new DeployReport(1, 0, 0, LARGE - there));
                assertThat(copy(tree, to.remote)).isEqualTo(new DeployReport(0, 1, 0, 0));
            }
        }
    }

    @Test
    void what_is_left_of_another_version_is_found_out_and_sent_anew() throws Exception {
        Files.createDirectories(folder.resolve("assets"));
        Files.write(folder.resolve("assets/initramfs.part"), new byte[3 << 20]);
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd, folder)) {
            BootTree tree = large(8);
            assertThat(copy(tree, to.remote).copied()).isEqualTo(1);
            assertThat(copy(tree, to.remote)).isEqualTo(new DeployReport(0, 1, 0, 0));
            byte[] wanted = tree.get("assets/initramfs").orElseThrow().open().readAllBytes();
            assertThat(folder.resolve("assets/initramfs")).hasBinaryContent(wanted);
        }
    }

    private BootTree large(long seed) throws IOException {
        byte[] bytes = new byte[(int) LARGE];
        new java.util.Random(seed).nextBytes(bytes);
        Path file = Files.write(home.resolve("initramfs-" + seed), bytes);
        return BootTree.of(Map.of("assets/initramfs", Content.File.at(file)));
    }

    @Test
    void a_disk_that_is_too_small_or_fills_up_keeps_the_old_tree() throws Exception {
        for (String limit : List.of("size=3m", "nr_inodes=27")) {
            try (Tmpfs disk = Tmpfs.mount(folder, limit)) {
                copyTo(folder, OLD);
                try (Nas nas = at(folder)) {
                    Map<String, String> more = new TreeMap<>(NEW);
                    more.put("assets/talos/v2/initramfs", "x".repeat(1_500_000));
                    var problem = refused(() -> nas.deploy(tree(more), Amount.IGNORE));
                    assertThat(problem.what() + problem.why()).contains("full");
                }
                assertThat(there(folder)).containsAllEntriesOf(OLD);
                copyTo(folder, OLD);
            }
        }
    }

    @Test
    void a_nas_whose_clock_is_years_behind_gets_nothing_twice_and_its_lock_holds()
            throws Exception {
        assumeTrue(Files.exists(FAKETIME), "skipped: needs Debian package libfaketime");
        String server =
                "ForceCommand /usr/bin/env LD_PRELOAD="
                        + FAKETIME
                        + " FAKETIME=-900d /usr/lib/openssh/sftp-server";
        try (Sshd sshd = Sshd.start(home, server);
                Nas to = connect(sshd, folder)) {
            copy(OLD, to.remote);
            assertThat(copy(OLD, to.remote)).isEqualTo(new DeployReport(0, 7, 0, 0));
            Lock ana = Lock.take(to.remote, "ana on attic");
            int age = Math.toIntExact(Instant.now().getEpochSecond()) - modified(to);
            assertThat(Duration.ofSeconds(age)).isGreaterThan(Duration.ofDays(800));
            assertThat(refused(() -> copy(NEW, to.remote)).why()).contains("ana on attic");
            ana.release();
        }
    }

    private static int modified(Nas nas) throws IOException {
        return nas.remote.stat(Lock.PATH).orElseThrow().modified();
    }

    /// Mostly one gives up, at worst both.
    @Test
    void two_that_begin_at_the_same_moment_leave_no_half_file_and_the_next_time_mends_it()
            throws Exception {
        try (Sshd sshd = Sshd.start(home)) {
            for (int i = 0; i < 5; i++) {
                Path nas = home.resolve("nas-" + i);
                copyTo(Files.createDirectories(nas), OLD);
                CyclicBarrier start = new CyclicBarrier(2);
                try (Nas ana = connect(sshd, nas);
                        Nas ben = connect(sshd, nas);
                        var both = Executors.newVirtualThreadPerTaskExecutor()) {
                    both.submit(() -> together(start, ana.remote, "ana", NEW));
                    both.submit(() -> together(start, ben.remote, "ben", OTHER));
                }
                there(nas)
                        .forEach((path, text) ->
                                assertThat(text)
                                        .as(path)
                                        .isIn(OLD.get(path), NEW.get(path), OTHER.get(path)));
                try (Nas again = connect(sshd, nas)) {
                    copy(NEW, again.remote);
                }
                assertThat(there(nas)).isEqualTo(new TreeMap<>(NEW));
            }
        }
    }

    private static Object together(
            CyclicBarrier start, Remote remote, String who, Map<String, String> files)
            throws Exception {
        start.await();
        return new Deployment(tree(files), remote, who, Amount.IGNORE).run();
    }

    @Test
    void a_file_of_five_gigabytes_arrives_whole() throws Exception {
        assumeTrue(System.getProperty("nightly") != null, "skipped: only in the nightly run");
        Path big = home.resolve("big");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(5L << 30);
            file.writeInt(1);
        }
        BootTree tree = BootTree.of(Map.of("assets/big", Content.File.at(big)));
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd, folder)) {
            assertThat(to.deploy(tree, Amount.IGNORE).bytes()).isEqualTo(5L << 30);
            assertThat(Files.size(folder.resolve("assets/big"))).isEqualTo(5L << 30);
            assertThat(to.deploy(tree, Amount.IGNORE)).isEqualTo(new DeployReport(0, 1, 0, 0));
        }
    }

    private static Nas connect(Sshd sshd, Path nas) throws Exception {
        return Nas.connect(sshd.target(nas, null), sshd.key(), key -> true);
    }

    private static void copyTo(Path folder, Map<String, String> files) throws Exception {
        try (Nas nas = at(folder)) {
            copy(files, nas.remote);
        }
    }

    private static Nas at(Path folder) throws Exception {
        return Nas.connect(
                new NasTarget("file:", 22, "", folder.toString(), null, "http://nas:8080"),
                new Access.Password(() -> new char[0]),
                key -> false);
    }

    private static DeployReport copy(Map<String, String> files, Remote remote) throws IOException {
        return copy(tree(files), remote);
    }

    private static DeployReport copy(BootTree tree, Remote remote) throws IOException {
        return new Deployment(tree, remote, "me", Amount.IGNORE).run();
    }

    private static BootTree tree(Map<String, String> files) {
        Map<String, Content> all = new TreeMap<>();
        files.forEach((path, text) -> all.put(path, new Content.Text(text)));
        return BootTree.of(all);
    }

    /// What a machine sees: neither our bookkeeping nor what is on its way.
    private static Map<String, String> there(Path folder) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(f).toString();
                if (!path.startsWith(".ichor") && !path.endsWith(".part")) {
                    all.put(path, text(f));
                }
            }
        }
        return all;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A small disk.
    private record Tmpfs(Path at) implements AutoCloseable {
        static Tmpfs mount(Path at, String limit) throws Exception {
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", limit, "tmpfs", at.toString()) == 0,
                    "skipped: may not mount a small disk");
            return new Tmpfs(at);
        }

        @Override
        public void close() throws Exception {
            run("umount", at.toString());
        }

        private static int run(String... command) throws Exception {
            return new ProcessBuilder(command).start().waitFor();
        }
    }
}
