package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

class SftpTest {
    private static final int KERNEL_SIZE = 12_000_000;

    @TempDir Path home;
    @TempDir Path nas;
    @TempDir Path here;
    private Path kernel;
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        byte[] bytes = new byte[KERNEL_SIZE];
        new SplittableRandom(1).nextBytes(bytes);
        kernel = Files.write(here.resolve("vmlinuz"), bytes);
        folder = nas.resolve("docker/match box");
    }

    @Test
    void copies_a_tree_into_folders_it_makes() throws Exception {
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            List<Amount> progress = new ArrayList<>();

            DeployReport report = to.deploy(tree("{}"), progress::add);

            assertThat(report).isEqualTo(new DeployReport(3, 0, 0, KERNEL_SIZE + 4));
            assertThat(folder.resolve("assets/talos/vmlinuz")).hasSameBinaryContentAs(kernel);
            assertThat(folder.resolve("groups/default.json")).hasContent("{}");
            assertThat(onNas())
                    .containsExactly(
                            ".ichor-before.json",
                            ".ichor-manifest.json",
                            "assets/talos/vmlinuz",
                            "groups/default.json",
                            "profiles/futro.json");
            assertThat(progress)
                    .last()
                    .extracting(Amount::done, Amount::of)
                    .containsExactly(KERNEL_SIZE + 4L, KERNEL_SIZE + 4L);
        }
    }

    @Test
    void the_nas_hashes_a_large_file_itself_where_its_ssh_runs_commands() throws Exception {
        try (Sshd sshd = Sshd.start(home, "LogLevel VERBOSE");
                Nas to = connect(sshd)) {
            to.deploy(tree("{}"), Amount.IGNORE);
            await(() -> commands(sshd).size() == 1);
            Path there = folder.resolve("assets/talos/vmlinuz");

            assertThat(to.remote.hash("assets/talos/vmlinuz", KERNEL_SIZE))
                    .isEqualTo(Hashes.of(Content.File.at(there)));
            Files.write(there, new byte[KERNEL_SIZE]);
            assertThat(to.remote.hash("assets/talos/vmlinuz", KERNEL_SIZE))
                    .isEqualTo(Hashes.of(Content.File.at(there)));
            await(() -> commands(sshd).size() == 3);
            // Not the file that was meant: it is read over the line, now and from now on.
            assertThat(to.remote.hash("assets/talos/vmlinuz", KERNEL_SIZE + 1))
                    .isEqualTo(Hashes.of(Content.File.at(there)));
            to.remote.hash("assets/talos/vmlinuz", KERNEL_SIZE);
            await(() -> commands(sshd).size() == 4);
        }
    }

    private static List<String> commands(Sshd sshd) {
        return sshd.log().stream().filter(l -> l.contains("session: command")).toList();
    }

    @Test
    void a_nas_that_runs_no_command_is_read_over_the_line() throws Exception {
        try (Sshd sshd = Sshd.start(home, "LogLevel VERBOSE", "ForceCommand internal-sftp");
                Nas to = connect(sshd)) {
            to.deploy(tree("{}"), Amount.IGNORE);

            assertThat(folder.resolve("assets/talos/vmlinuz")).hasSameBinaryContentAs(kernel);
            assertThat(to.remote.hash("assets/talos/vmlinuz", KERNEL_SIZE))
                    .isEqualTo(Hashes.of(Content.File.at(kernel)));
        }
    }

    @Test
    void copies_only_what_differs_the_second_time() throws Exception {
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            to.deploy(tree("{}"), Amount.IGNORE);

            DeployPlan plan = to.plan(tree("{\"a\":1}"));

            assertThat(plan.create()).isEmpty();
            assertThat(plan.replace()).containsExactly("groups/default.json");
            assertThat(plan.keep()).containsExactly("assets/talos/vmlinuz", "profiles/futro.json");
            assertThat(plan.bytes()).isEqualTo(7);
            assertThat(to.deploy(tree("{\"a\":1}"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(1, 2, 0, 7));
            assertThat(folder.resolve("groups/default.json")).hasContent("{\"a\":1}");
        }
    }

    @Test
    void a_file_that_somebody_changed_on_the_nas_is_found_though_its_size_is_the_same()
            throws Exception {
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            to.deploy(tree("{}"), Amount.IGNORE);
            Path group = folder.resolve("groups/default.json");
            Files.writeString(group, "[]");
            Files.setLastModifiedTime(group, FileTime.fromMillis(1));

            assertThat(to.plan(tree("{}")).replace()).containsExactly("groups/default.json");
        }
    }

    @Test
    void without_the_manifest_files_are_read_back_to_compare() throws Exception {
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            to.deploy(tree("{}"), Amount.IGNORE);
            Files.writeString(folder.resolve(".ichor-manifest.json"), "{ broken");

            assertThat(to.plan(tree("{}")).keep()).hasSize(3);
        }
    }

    @Test
    void the_host_key_is_shown_as_ssh_keygen_prints_it_and_then_pinned() throws Exception {
        try (Sshd sshd = Sshd.start(home)) {
            List<String> shown = new ArrayList<>();
            try (Nas to =
                    Nas.connect(
                            sshd.target(folder, null),
                            sshd.key(),
                            key -> {
                                shown.add(key);
                                return true;
                            })) {
                assertThat(shown).containsExactly(sshd.hostKey());
                assertThat(to.hostKey()).isEqualTo(sshd.hostKey());
            }

            try (Nas to =
                    Nas.connect(
                            sshd.target(folder, sshd.hostKey()),
                            sshd.key(),
                            key -> {
                                throw new AssertionError("asked though it is pinned");
                            })) {
                assertThat(to.hostKey()).isEqualTo(sshd.hostKey());
            }
        }
    }

    @Test
    void a_changed_host_key_is_refused_with_both_fingerprints() throws Exception {
        try (Sshd sshd = Sshd.start(home)) {
            Problem problem =
                    refused(() ->
                            Nas.connect(
                                    sshd.target(folder, "SHA256:other"), sshd.key(), key -> true));

            assertThat(problem.what()).isEqualTo("The key of 127.0.0.1 has changed.");
            assertThat(problem.why())
                    .isEqualTo("Known is SHA256:other, it now shows " + sshd.hostKey() + ".");
        }
    }

    @Test
    void a_key_the_owner_does_not_accept_ends_it() throws Exception {
        try (Sshd sshd = Sshd.start(home)) {
            Problem problem =
                    refused(() -> Nas.connect(sshd.target(folder, null), sshd.key(), key -> false));

            assertThat(problem.what()).isEqualTo("The key of 127.0.0.1 was not accepted.");
        }
    }

    @Test
    void a_wrong_password_is_tried_once_and_wiped() throws Exception {
        try (Sshd sshd = Sshd.start(home, "LogLevel VERBOSE")) {
            char[] password = "wrong".toCharArray();

            Problem problem =
                    refused(() ->
                            Nas.connect(
                                    sshd.target(folder, null),
                                    new Access.Password(() -> password),
                                    key -> true));

            assertThat(problem.what()).startsWith("127.0.0.1 refuses to let ");
            assertThat(sshd.log().stream().filter(l -> l.contains("Failed password")))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(password).containsOnly('\0');
        }
    }

    @Test
    void nobody_there_is_said_so() throws Exception {
        int port;
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = s.getLocalPort();
        }
        var target = new NasTarget("127.0.0.1", port, "me", "/docker", null, "http://x");

        Problem problem =
                refused(() ->
                        Nas.connect(
                                target, new Access.Password(() -> new char[] {'x'}), key -> true));

        assertThat(problem.what())
                .isEqualTo("127.0.0.1 does not accept SFTP on port " + port + ".");
    }

    @Test
    void a_nas_that_goes_away_in_the_middle_leaves_the_old_file_whole() throws Exception {
        Path old = Files.createDirectories(folder.resolve("assets/talos")).resolve("vmlinuz");
        Files.writeString(old, "old kernel");
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            Problem problem = refused(() -> to.deploy(tree("{}"), halfWay(sshd::kill)));

            assertThat(problem.why()).isEqualTo("The connection to the NAS broke off.");
            assertThat(old).hasContent("old kernel");
        }
        try (Sshd again = Sshd.start(Files.createDirectories(home.resolve("again")));
                Nas to = connect(again)) {
            to.deploy(tree("{}"), Amount.IGNORE);

            assertThat(old).hasSameBinaryContentAs(kernel);
            assertThat(onNas()).noneMatch(f -> f.endsWith(".part"));
        }
    }

    @Test
    void an_interrupt_stops_it_and_leaves_the_old_file_whole() throws Exception {
        Path old = Files.createDirectories(folder.resolve("assets/talos")).resolve("vmlinuz");
        Files.writeString(old, "old kernel");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            Consumer<Amount> hold =
                    halfWay(() -> {
                        begun.countDown();
                        awaitQuietly(interrupted);
                    });
            Thread t =
                    Thread.startVirtualThread(() -> {
                        try {
                            to.deploy(tree("{}"), hold);
                        } catch (Exception e) {
                            end.set(e);
                        }
                    });
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

            t.interrupt();
            interrupted.countDown();

            assertThat(t.join(Duration.ofSeconds(20))).isTrue();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            assertThat(old).hasContent("old kernel");
        }
    }

    @Test
    void an_interrupt_stops_the_comparison_too() throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            sshd.freeze();
            Thread t = inBackground(() -> to.plan(tree("{}")), end);

            t.interrupt();

            assertThat(t.join(Duration.ofSeconds(20))).isTrue();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void a_connection_that_opens_after_the_interrupt_is_closed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Throwable> end = new AtomicReference<>();
        try (Sshd sshd = Sshd.start(home)) {
            Predicate<String> slowOwner =
                    key -> {
                        asked.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            return true; // and the log-in goes on
                        }
                        return true;
                    };
            NasTarget target = sshd.target(folder, null);
            Thread t = inBackground(() -> Nas.connect(target, sshd.key(), slowOwner), end);
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            t.interrupt();

            assertThat(t.join(Duration.ofSeconds(20))).isTrue();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
            await(() -> sshd.log().stream().anyMatch(l -> l.contains("Accepted publickey")));
            await(() -> sshd.connections() == 0);
        }
    }

    @Test
    void without_an_atomic_rename_files_are_replaced_and_nothing_is_left() throws Exception {
        try (Sshd sshd = Sshd.start(home, "ForceCommand internal-sftp -P posix-rename");
                Nas to = connect(sshd)) {
            to.deploy(tree("{}"), Amount.IGNORE);
            Files.writeString(folder.resolve("groups/default.json.old"), "of an earlier try");

            to.deploy(tree("[]"), Amount.IGNORE);

            assertThat(folder.resolve("groups/default.json")).hasContent("[]");
            assertThat(onNas()).noneMatch(f -> f.endsWith(".old") || f.endsWith(".part"));
        }
    }

    @Test
    void without_an_atomic_rename_the_old_file_comes_back_when_the_new_one_cannot_take_its_name()
            throws Exception {
        try (Sshd sshd = Sshd.start(home, "ForceCommand internal-sftp -P posix-rename");
                Nas to = connect(sshd)) {
            to.deploy(tree("{}"), Amount.IGNORE);

            assertThat(
                            refused(
                                            () -> {
                                                to.remote.rename(
                                                        "not/there.part", "groups/default.json");
                                                return to;
                                            })
                                    .what())
                    .endsWith("groups/default.json could not be renamed on the NAS.");

            assertThat(folder.resolve("groups/default.json")).hasContent("{}");
            assertThat(onNas()).noneMatch(f -> f.endsWith(".old"));
        }
    }

    @Test
    void what_lies_beyond_four_gigabytes_lands_where_it_belongs() throws Exception {
        Files.createDirectories(folder);
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            FarEnd.check(to.remote, folder);
        }
    }

    @Test
    void a_read_only_nas_is_said_so() throws Exception {
        try (Sshd sshd = Sshd.start(home, "ForceCommand internal-sftp -R");
                Nas to = connect(sshd)) {
            Problem problem = refused(() -> to.deploy(tree("{}"), Amount.IGNORE));

            assertThat(problem.what()).endsWith("docker could not be made on the NAS.");
            assertThat(problem.why()).contains("read-only");
        }
    }

    @Test
    void a_full_disk_is_said_so() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "skipped: needs /dev/full");
        Path talos = Files.createDirectories(folder.resolve("assets/talos"));
        Files.createSymbolicLink(talos.resolve("vmlinuz.part"), Path.of("/dev/full"));
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            Problem problem = refused(() -> to.deploy(tree("{}"), Amount.IGNORE));

            assertThat(problem.why()).contains("disk or the user's quota is full");
            assertThat(talos).isEmptyDirectory();
        }
    }

    @Test
    void a_file_that_has_vanished_here_is_not_blamed_on_the_nas() throws Exception {
        try (Sshd sshd = Sshd.start(home);
                Nas to = connect(sshd)) {
            BootTree tree = tree("{}");
            Files.delete(kernel);

            assertThat(refused(() -> to.deploy(tree, Amount.IGNORE)).what())
                    .isEqualTo("assets/talos/vmlinuz could not be read on this PC.");
        }
    }

    @Test
    void a_shared_folder_that_is_not_there_is_not_made_but_the_others_are_named() throws Exception {
        try (Sshd sshd = Sshd.start(home);
                Nas to =
                        Nas.connect(
                                sshd.target(Path.of("/volume1/docker"), null),
                                sshd.key(),
                                key -> true)) {
            Problem problem = refused(() -> to.deploy(tree("{}"), Amount.IGNORE));

            assertThat(problem.what()).isEqualTo("The NAS shows no folder /volume1.");
            assertThat(problem.why()).contains("etc, ");
        }
    }

    private Nas connect(Sshd sshd) throws IOException, InterruptedException {
        return Nas.connect(sshd.target(folder, null), sshd.key(), key -> true);
    }

    private BootTree tree(String group) throws IOException {
        return BootTree.of(
                Map.of(
                        "assets/talos/vmlinuz", Content.File.at(kernel),
                        "profiles/futro.json", new Content.Text("[]"),
                        "groups/default.json", new Content.Text(group)));
    }

    private List<String> onNas() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f).toString())
                    .sorted()
                    .toList();
        }
    }

    /// Does something once, when half of the kernel was read.
    private static Consumer<Amount> halfWay(Runnable action) {
        boolean[] over = new boolean[1];
        return amount -> {
            if (amount.done() > KERNEL_SIZE / 2 && !over[0]) {
                over[0] = true;
                action.run();
            }
        };
    }

    private static Thread inBackground(Refused.Call call, AtomicReference<Throwable> end) {
        return Thread.startVirtualThread(() -> {
            try {
                call.run();
            } catch (Exception e) {
                end.set(e);
            }
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
