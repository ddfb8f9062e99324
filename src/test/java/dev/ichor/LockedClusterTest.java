package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.NasTarget;
import dev.ichor.steps.Owner;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.PrivateFiles;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// A cluster under a passphrase comes up like any other, and leaves no key on this PC.
@Timeout(300)
class LockedClusterTest {
    private static final String PASSPHRASE = "a drawer of thin clients";

    @TempDir Path temp;

    private record Typist(Owner owner) implements Owner {
        @Override
        public char[] passphrase(Path clusterFolder) {
            return PASSPHRASE.toCharArray();
        }

        @Override
        public char[] password(NasTarget target) {
            return owner.password(target);
        }

        @Override
        public boolean accept(NasTarget target, String hostKey) {
            return owner.accept(target, hostKey);
        }
    }

    @Test
    void from_configs_to_ready_no_key_is_in_the_folder_its_logs_or_the_cache() throws Exception {
        Path dir = temp.resolve("lab");
        try (Pretend network = new Wiring().pretend(2, PlannedCluster.NOBODY)) {
            try (Session s = PlannedCluster.of(network, dir)) {
                PlannedCluster.run(s, Step.CONFIGURE);
            }
            Owner owner = new Typist(network.owner());
            List<String> keys = keys(dir);
            PrivateFiles.of(dir, network.world().clock(), network.world().random(), owner)
                    .lock(PASSPHRASE.toCharArray());
            try (Session s = Session.open(dir, network.world(), owner)) {
                comesUp(s);
            }
            assertNone(keys, dir);
            assertNone(keys, network.scratch());
            assertThat(dir.resolve("logs")).isNotEmptyDirectory();
        }
    }

    private static void comesUp(Session s) throws Exception {
        Set<Mac> macs = s.snapshot().draft().wishes().keySet();
        AtomicReference<FleetProgress> seen =
                new AtomicReference<>(FleetProgress.of(macs, s.clock().instant()));
        CountDownLatch ready = new CountDownLatch(1);
        Runnable stop =
                s.bootLog()
                        .listen(e -> {
                            seen.updateAndGet(p -> p.after(List.of(e)));
                            if (seen.get().count(Stage.READY) == macs.size()) {
                                ready.countDown();
                            }
                        });
        PlannedCluster.run(s, Step.CONFIGURE);
        s.start(Step.BOOT);
        s.approveAll();
        macs.forEach(s::wake);
        ready.await();
        stop.run();
        PlannedCluster.run(s, Step.FINISH);
        s.cancel(Step.BOOT);
        s.await(Step.BOOT);
    }

    /// The keys and tokens of its bundle.
    private static List<String> keys(Path dir) throws IOException {
        List<String> keys = new ArrayList<>();
        for (String line : Files.readAllLines(dir.resolve("private/secrets.yaml"))) {
            if (line.matches(" +(key|token|secret|.*[sS]ecret|.*[tT]oken): .*")) {
                keys.add(line.replaceAll("^[^:]+: ", ""));
            }
        }
        assertThat(keys).hasSizeGreaterThan(8);
        return keys;
    }

    private static void assertNone(List<String> keys, Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text)
                        .as(file.toString())
                        .doesNotContain("PRIVATE KEY", "LS0tLS1CRUdJTiB");
                assertThat(keys.stream().filter(text::contains)).as(file.toString()).isEmpty();
            }
        }
    }
}
