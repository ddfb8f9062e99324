package dev.ichor.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Trees in memory and in folders are asked the same.
class BootTreeTest {
    private static final List<String> PATHS =
            List.of(
                    "assets/sub/k",
                    "assets/x",
                    "groups/a.json",
                    "groups/deep/c.json",
                    "groups0",
                    "profiles/b.json");

    @TempDir private Path dir;
    private List<BootTree> trees;

    @BeforeEach
    void a_tree_in_memory_and_as_files() throws IOException {
        Map<String, Content> files = new TreeMap<>();
        for (String path : PATHS) {
            Path file = dir.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "is " + path);
            files.put(path, new Content.Text("is " + path));
        }
        trees = List.of(BootTree.of(files), BootTree.folder(dir, dir.resolve("assets")));
    }

    private static String text(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void a_path_gives_its_content_and_its_size() throws Exception {
        for (BootTree tree : trees) {
            for (String path : PATHS) {
                Content content = tree.get(path).orElseThrow();
                assertThat(text(content)).isEqualTo("is " + path);
                assertThat(content.size()).isEqualTo(3 + path.length());
            }
            assertThat(tree.get("groups/none.json")).isEmpty();
        }
        assertThat(trees.getLast().get("groups")).as("a folder is no file").isEmpty();
    }

    @Test
    void a_folder_is_listed_deep_and_nothing_beside_it() throws Exception {
        BootTree memory = trees.getFirst();
        assertThat(memory.list("")).containsExactlyElementsOf(PATHS);
        for (BootTree tree : trees) {
            assertThat(tree.list("groups")).containsExactly("groups/a.json", "groups/deep/c.json");
            assertThat(tree.list("assets")).containsExactly("assets/sub/k", "assets/x");
            assertThat(tree.list("assets/sub")).containsExactly("assets/sub/k");
            assertThat(tree.list("none")).isEmpty();
        }
        Path apart = Files.createDirectories(dir.resolve("apart"));
        assertThat(BootTree.folder(dir.resolve("groups"), apart).list(""))
                .containsExactly("a.json", "deep/c.json");
        assertThat(BootTree.folder(apart, dir.resolve("groups")).list(""))
                .containsExactly("assets/a.json", "assets/deep/c.json");
    }

    @Test
    void the_files_of_a_folder_are_those_directly_in_it() throws Exception {
        for (BootTree tree : trees) {
            assertThat(tree.files("groups")).containsOnlyKeys("groups/a.json");
            assertThat(tree.files("assets")).containsOnlyKeys("assets/x");
            assertThat(tree.files("assets/sub")).containsOnlyKeys("assets/sub/k");
            assertThat(tree.files("none")).isEmpty();
            assertThat(text(tree.files("groups").values().iterator().next()))
                    .isEqualTo("is groups/a.json");
        }
    }

    @Test
    void the_way_out_of_a_folder_is_closed() throws Exception {
        BootTree tree = BootTree.folder(dir.resolve("groups"), dir.resolve("assets"));
        assertThat(tree.get("../groups0")).isEmpty();
        assertThat(tree.get("assets/../groups0")).isEmpty();
        assertThat(tree.get("deep/../a.json")).isPresent();
    }

    @Test
    void a_link_is_followed_inside_the_folder_only() throws Exception {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "skipped: links need rights here");
        Path groups = dir.resolve("groups");
        Files.createSymbolicLink(groups.resolve("in.json"), groups.resolve("a.json"));
        Files.createSymbolicLink(groups.resolve("out.json"), dir.resolve("groups0"));
        Files.createSymbolicLink(groups.resolve("dead.json"), dir.resolve("none"));
        BootTree tree = BootTree.folder(groups, dir.resolve("assets"));
        assertThat(text(tree.get("in.json").orElseThrow())).isEqualTo("is groups/a.json");
        assertThat(tree.get("out.json")).isEmpty();
        assertThat(tree.get("dead.json")).isEmpty();
        assertThat(BootTree.folder(dir, dir.resolve("assets")).files("groups"))
                .containsOnlyKeys("groups/a.json", "groups/in.json", "groups/out.json");
    }

    @Test
    void a_file_tells_its_size_and_date_of_when_it_was_looked_at() throws Exception {
        Path file = dir.resolve("groups0");
        Content.File looked = Content.File.at(file);
        assertThat(looked.size()).isEqualTo(10);
        assertThat(looked.modified()).isEqualTo(Files.getLastModifiedTime(file).toInstant());
        assertThat(Content.File.ifThere(file)).contains(looked);
        assertThat(Content.File.ifThere(dir)).isEmpty();
        assertThatThrownBy(() -> Content.File.at(dir.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(new Content.Text("größe").size()).isEqualTo(7);
    }
}
