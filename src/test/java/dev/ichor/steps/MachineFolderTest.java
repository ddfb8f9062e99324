package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.netboot.Approval;
import dev.ichor.netboot.Checks;
import dev.ichor.netboot.Gate;
import dev.ichor.netboot.Rules;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

class MachineFolderTest {
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    @TempDir private Path dir;
    private ClusterFolder cluster = new ClusterFolder(Path.of(""));

    @BeforeEach
    void make() throws IOException {
        cluster = ClusterFolder.open(dir);
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused_in_words() throws Exception {
        try (MachineFolder first = MachineFolder.open(cluster)) {
            assertThat(first.read("gate")).isEmpty();
            assertThatThrownBy(() -> MachineFolder.open(cluster))
                    .asInstanceOf(type(ProblemException.class))
                    .extracting(ProblemException::problem)
                    .hasToString(
                            "This cluster is being served already. Another Ichor on "
                                    + dir
                                    + " runs its boot server. Use that one, or stop it first.");
        }
        MachineFolder.open(cluster).close();
    }

    @Test
    void what_was_written_is_read_after_a_restart() throws Exception {
        try (MachineFolder first = MachineFolder.open(cluster)) {
            gate(first, new BootLog()).approve(NODE);
        }
        try (MachineFolder second = MachineFolder.open(cluster)) {
            assertThat(gate(second, new BootLog()).approved(NODE)).isTrue();
        }
    }

    @Test
    void a_broken_file_is_kept_aside_and_told_and_lets_nothing_out() throws Exception {
        String cut = "{\"chain\":{\"approved\":\"2026-11-";
        Path file = cluster.machines().resolve(NODE.hyphens() + ".json");
        Path aside = cluster.machines().resolve(NODE.hyphens() + ".broken");
        BootLog log = new BootLog();
        try (MachineFolder folder = MachineFolder.open(cluster)) {
            Files.writeString(file, cut);
            assertThat(gate(folder, log).approved(NODE)).isFalse();
        }
        assertThat(file).doesNotExist();
        assertThat(aside).hasContent(cut);
        assertThat(log.events())
                .containsExactly(
                        new BootEvent.ServiceDown(
                                CLOCK.instant(),
                                "cluster folder",
                                "What was remembered of "
                                        + NODE
                                        + " makes no sense; it was kept as "
                                        + aside
                                        + ". The machine counts as new and has to be approved."));
    }

    private static Gate gate(Rules.Store store, BootLog log) {
        Rules rules =
                new Rules(
                        Approval.ASK,
                        Checks.BOOT,
                        mac -> Optional.of(Life.DISK_FIRST),
                        store,
                        () -> "token");
        return new Gate(
                rules,
                ip -> Optional.of(NODE),
                mac -> Optional.of("config".getBytes(StandardCharsets.UTF_8)),
                log,
                CLOCK);
    }
}
