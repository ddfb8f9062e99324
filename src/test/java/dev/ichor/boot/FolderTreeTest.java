package dev.ichor.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class FolderTreeTest {
    @TempDir Path dir;

    @Test
    void a_name_no_file_can_have_is_not_there() throws Exception {
        Files.createDirectories(dir.resolve("assets"));
        BootTree tree = new FolderTree(dir, dir.resolve("assets"));
        assertThat(tree.get("assets/odd\0name")).isEmpty();
        assertThat(tree.get("groups/odd\0name")).isEmpty();
        assertThat(tree.list("assets/odd\0name")).isEmpty();
    }
}
