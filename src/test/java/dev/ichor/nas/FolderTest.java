package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class FolderTest {
    @TempDir Path folder;

    @Test
    void copies_a_tree_and_only_what_differs_the_second_time() throws Exception {
        Files.writeString(folder.resolve("the owner's.txt"), "mine");
        try (Nas nas = connect(folder)) {
            assertThat(nas.deploy(tree("{}"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(2, 0, 0, 9));
            assertThat(nas.plan(tree("{}")).bytes()).isZero();
            assertThat(nas.deploy(tree("[]"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(1, 1, 0, 2));
        }
        assertThat(folder.resolve("groups/größe 1.json")).hasContent("[]");
        assertThat(folder.resolve("the owner's.txt")).hasContent("mine");
        assertThat(folder.resolve("groups")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void a_folder_that_is_not_there_is_not_made_because_the_share_may_not_be_connected() {
        Path missing = folder.resolve("not there");

        assertThatThrownBy(() -> connect(missing))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo(
                                                "There is no folder " + missing + " on this PC."));
        assertThat(missing).doesNotExist();
    }

    private static Nas connect(Path folder) throws Exception {
        return Nas.connect(
                new NasTarget("file:", 22, "", folder.toString(), null, "http://nas:8080"),
                new Access.Password(() -> new char[0]),
                key -> false);
    }

    private static BootTree tree(String group) {
        return BootTree.of(
                Map.of(
                        "profiles/futro.json", new Content.Text("[1,2,3]"),
                        "groups/größe 1.json", new Content.Text(group)));
    }
}
