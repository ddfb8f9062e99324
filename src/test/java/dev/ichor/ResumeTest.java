package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.Session;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What is still there after the program, the drive or the file has gone.
class ResumeTest {
    @TempDir private Path dir;
    private int copies;

    @Test
    void whatever_step_the_program_dies_in_the_next_one_goes_on_there() throws Exception {
        try (Pretend network = new Wiring().pretend(2, PlannedCluster.NOBODY);
                Session s = PlannedCluster.of(network, dir.resolve("lab"))) {
            assertThat(resumed(network)).isEqualTo(Step.CONFIGURE);
            PlannedCluster.run(s, Step.CONFIGURE);
            assertThat(resumed(network)).isEqualTo(Step.COPY);
            s.skip(Step.COPY);
            s.start(Step.BOOT);
            assertThat(resumed(network)).as("while it serves").isEqualTo(Step.BOOT);
            s.edit(d -> d.named("renamed"));
            Snapshot next = reopened(network);
            assertThat(next.draft()).isEqualTo(s.snapshot().draft());
            assertThat(next.state(Step.CONFIGURE))
                    .isEqualTo(
                            new StepState(
                                    StepState.Status.CHECK_AGAIN,
                                    "the plan has changed",
                                    null,
                                    null));
        }
    }

    @Test
    void steps_that_nobody_can_read_are_done_once_more() throws Exception {
        try (Pretend network = new Wiring().pretend(1, PlannedCluster.NOBODY)) {
            try (Session s = open(network)) {
                s.edit(d -> d.named("lab"));
            }
            Files.write(
                    dir.resolve("lab/logs/steps.txt"),
                    List.of("", "FIND", "FIND RUNNING x", "NO DONE x", "ROLES DONE 2 machines"));
            try (Session s = open(network)) {
                assertThat(s.snapshot().state(Step.FIND)).isEqualTo(StepState.TODO);
                assertThat(s.snapshot().state(Step.ROLES).result()).isEqualTo("2 machines");
            }
        }
    }

    @Test
    void a_program_that_is_killed_lets_go_of_the_cluster_and_leaves_what_was_said()
            throws Exception {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                dir.resolve("lab").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = program.inputReader()) {
            assertThat(said.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> alone().close())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problem().toString())
                                            .contains("lab is open in another window.")
                                            .contains("Go on in that window, or close it first."));
        } finally {
            program.destroyForcibly().waitFor();
        }
        try (Session s = alone()) {
            assertThat(s.snapshot().draft()).isEqualTo(Draft.empty().named("lab"));
            assertThat(s.snapshot().state(Step.COPY).status()).isEqualTo(StepState.Status.SKIPPED);
        }
    }

    @Test
    void a_drive_that_vanishes_is_told_and_its_return_brings_everything_back() throws Exception {
        Path unplugged = dir.resolve("unplugged");
        try (Session s = alone()) {
            s.edit(d -> d.named("before"));
            Files.move(dir.resolve("lab"), unplugged);
            s.edit(d -> d.named("meanwhile"));
            assertThat(String.valueOf(s.snapshot().state(Step.GET_READY).problem()))
                    .contains("cluster.json could not be saved.")
                    .contains("The folder cannot be reached any more.");
            assertThat(dir.resolve("lab")).doesNotExist();
            Files.move(unplugged, dir.resolve("lab"));
            s.edit(d -> d.on("eth0"));
        }
        try (Session s = alone()) {
            assertThat(s.snapshot().draft()).isEqualTo(Draft.empty().named("meanwhile").on("eth0"));
        }
    }

    @Test
    void a_foreign_file_is_told_and_the_folder_is_free_again() throws Exception {
        Files.createDirectory(dir.resolve("lab"));
        Path file = Files.writeString(dir.resolve("lab/cluster.json"), "<xml/>");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::alone)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e ->
                                    assertThat(e.problem().what())
                                            .endsWith("is not a cluster that Ichor can read."));
        }
        assertThat(file).hasContent("<xml/>");
    }

    private Session alone() throws IOException {
        return new Wiring().open(dir.resolve("lab"), Holder.OWNER);
    }

    private Session open(Pretend network) throws IOException {
        return Session.open(dir.resolve("lab"), network.world(), network.owner());
    }

    private Step resumed(Pretend network) throws IOException {
        Snapshot s = reopened(network);
        return Arrays.stream(Step.values())
                .filter(step -> !s.state(step).settled())
                .findFirst()
                .orElseThrow();
    }

    /// The files as they lie at this moment, opened by another program.
    private Snapshot reopened(Pretend network) throws IOException {
        Path from = dir.resolve("lab");
        Path to = dir.resolve("copy" + copies++);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(f -> !f.toString().endsWith(".part")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        try (Session s = Session.open(to, network.world(), network.owner())) {
            return s.snapshot();
        }
    }
}
