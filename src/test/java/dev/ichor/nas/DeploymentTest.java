package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/// What a copying leaves, takes away and puts back.
class DeploymentTest {
    private static final String KERNEL = "assets/talos/v1/vmlinuz";
    private static final String ONE = "groups/worker-1.json";
    private static final String TWO = "groups/worker-2.json";

    @TempDir Path folder;
    private Nas nas;

    @BeforeEach
    void connect() throws Exception {
        nas =
                Nas.connect(
                        new NasTarget("file:", 22, "", folder.toString(), null, "http://nas:8080"),
                        new Access.Password(() -> new char[0]),
                        key -> false);
    }

    @AfterEach
    void close() {
        nas.close();
    }

    @Test
    void the_group_of_a_machine_that_was_removed_goes_and_the_owners_files_stay() throws Exception {
        deploy(Map.of(KERNEL, "k", ONE, "1", TWO, "2"));
        Files.writeString(folder.resolve("groups/mine.json"), "mine");
        DeployPlan plan = nas.plan(tree(Map.of(KERNEL, "k", ONE, "1")));
        assertThat(plan.delete()).containsExactly(TWO);
        assertThat(deploy(Map.of(KERNEL, "k", ONE, "1"))).isEqualTo(new DeployReport(0, 2, 1, 0));
        assertThat(there())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(KERNEL, "k", ONE, "1", "groups/mine.json", "mine"));
    }

    @Test
    void while_one_copies_another_is_told_who_and_changes_nothing() throws Exception {
        BootTree tree = tree(Map.of(KERNEL, "k"));
        Problem[] told = new Problem[1];
        Deployment ana =
                new Deployment(
                        tree,
                        nas.remote,
                        "ana on attic",
                        a -> {
                            if (told[0] == null) {
                                told[0] = refused(() -> as("ben on cellar", tree).run());
                            }
                        });
        assertThat(ana.run()).isEqualTo(new DeployReport(1, 0, 0, 1));
        assertThat(told[0].what()).isEqualTo("Another copying to this NAS is under way.");
        assertThat(told[0].why()).startsWith("It is ana on attic's; it was at work ");
        assertThat(as("ben on cellar", tree).run()).isEqualTo(new DeployReport(0, 1, 0, 0));
        assertThat(folder.resolve(".ichor-lock")).doesNotExist();
        assertThat(folder.resolve(".ichor-lock.part")).doesNotExist();
    }

    @Test
    void what_a_broken_copying_left_locked_is_taken_over_by_itself_or_when_it_is_old()
            throws Exception {
        Path lock = Files.writeString(folder.resolve(".ichor-lock"), "ana on attic");
        BootTree tree = tree(Map.of(KERNEL, "k"));
        assertThat(as("ana on attic", tree).run().copied()).isEqualTo(1);
        Files.writeString(lock, "ana on attic");
        assertThat(refused(() -> as("ben on cellar", tree).run()).why()).contains("ana on attic");
        Files.setLastModifiedTime(
                lock,
                FileTime.fromMillis(Files.getLastModifiedTime(lock).toMillis() - 16 * 60_000));
        assertThat(as("ben on cellar", tree).run().kept()).isEqualTo(1);
    }

    private Deployment as(String who, BootTree tree) {
        return new Deployment(tree, nas.remote, who, Amount.IGNORE);
    }

    @Test
    void a_file_that_somebody_else_has_changed_is_told_and_not_taken_away() throws Exception {
        deploy(Map.of(ONE, "1", TWO, "2"));
        Files.writeString(folder.resolve(TWO), "changed by hand");
        assertThat(nas.plan(tree(Map.of(ONE, "1"))).foreign()).containsExactly(TWO);
        assertThat(deploy(Map.of(ONE, "1"))).isEqualTo(new DeployReport(0, 1, 0, 0));
        assertThat(there()).containsEntry(TWO, "changed by hand");
    }

    @Test
    void a_file_that_was_there_and_is_the_same_is_not_ours_to_take_away() throws Exception {
        Files.createDirectories(folder.resolve("groups"));
        Files.writeString(folder.resolve(TWO), "2");
        deploy(Map.of(ONE, "1", TWO, "2"));
        deploy(Map.of(ONE, "1"));
        assertThat(there()).containsEntry(TWO, "2");
    }

    @Test
    void the_state_before_the_last_copying_can_be_put_back() throws Exception {
        Map<String, String> before = Map.of(KERNEL, "k", ONE, "1", TWO, "2");
        deploy(before);
        deploy(Map.of(KERNEL, "k2", ONE, "1", "groups/worker-3.json", "3"));
        assertThat(nas.undo()).isEqualTo(3);
        assertThat(there()).containsExactlyInAnyOrderEntriesOf(before);
        assertThat(refused(nas::undo).what()).isEqualTo("There is nothing to put back on the NAS.");
        assertThat(deploy(before)).isEqualTo(new DeployReport(0, 3, 0, 0));
    }

    @Test
    void when_a_name_cannot_be_taken_the_old_tree_comes_back_whole() throws Exception {
        Map<String, String> before = Map.of(KERNEL, "k", ONE, "1", TWO, "2");
        deploy(before);
        Path inTheWay = folder.resolve(Before.FOLDER + TWO).resolve("full");
        Files.createDirectories(inTheWay);
        refused(() -> deploy(Map.of(KERNEL, "new", ONE, "new", TWO, "new")));
        assertThat(there()).containsAllEntriesOf(before);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        deploy(Map.of(KERNEL, "new", ONE, "new", TWO, "new"));
        assertThat(there())
                .containsExactlyInAnyOrderEntriesOf(Map.of(KERNEL, "new", ONE, "new", TWO, "new"));
    }

    @Test
    void what_an_earlier_try_has_sent_in_full_is_not_sent_again() throws Exception {
        Path part = folder.resolve(KERNEL + ".part");
        Files.createDirectories(part.getParent());
        Files.writeString(part, "kernel");
        assertThat(deploy(Map.of(KERNEL, "kernel", ONE, "1")))
                .isEqualTo(new DeployReport(2, 0, 0, 1));
        assertThat(there()).containsEntry(KERNEL, "kernel");
    }

    @Test
    void old_files_that_may_hold_secrets_are_kept_nowhere() throws Exception {
        deploy(Map.of("generic/worker-1.yaml", "secret"));
        deploy(Map.of("generic/worker-1.yaml", "other"));
        deploy(Map.of(ONE, "1"));
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile))
                    .noneMatch(f -> f.toString().contains("generic"));
        }
    }

    @Test
    void two_hundred_files_arrive_and_a_second_time_sends_nothing() throws Exception {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            many.put("groups/worker-" + i + ".json", "{" + i + "}");
        }
        assertThat(deploy(many).copied()).isEqualTo(200);
        assertThat(there()).isEqualTo(many);
        assertThat(deploy(many)).isEqualTo(new DeployReport(0, 200, 0, 0));
    }

    private DeployReport deploy(Map<String, String> files) throws Exception {
        return nas.deploy(tree(files), Amount.IGNORE);
    }

    private static BootTree tree(Map<String, String> files) {
        Map<String, Content> all = new TreeMap<>();
        files.forEach((path, text) -> all.put(path, new Content.Text(text)));
        return BootTree.of(all);
    }

    /// What machines and the owner see: all but our own bookkeeping.
    private Map<String, String> there() throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(f).toString();
                if (!path.startsWith(".ichor")) {
                    all.put(path, Files.readString(f));
                }
            }
        }
        return all;
    }
}
