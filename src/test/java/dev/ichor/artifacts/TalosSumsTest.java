package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// src/build/talos_sums.py, which fills the checksums that ship with the program.
@Timeout(60)
class TalosSumsTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final List<String> NAMES =
            List.of(
                    "vmlinuz-amd64",
                    "initramfs-amd64.xz",
                    "vmlinuz-arm64",
                    "initramfs-arm64.xz",
                    "talosctl-linux-amd64");

    @TempDir Path folder;
    private Path shipped;

    @BeforeEach
    void noneYet() throws IOException {
        assumeTrue(Files.isExecutable(PYTHON), "skipped: needs python3");
        shipped = folder.resolve("talos.sha256");
        Files.writeString(shipped, "# of releases\n");
    }

    @Test
    void what_ships_can_be_read_by_the_program() throws Exception {
        release("v1.12.0", NAMES, "a");
        release("v1.13.9", NAMES, "b");
        assertThat(run("v1.12.0", "v1.13.9")).contains("a".repeat(64) + " v1.12.0/vmlinuz-amd64");
        assertThat(Sums.parse(Files.readString(shipped)).byName())
                .hasSize(8)
                .containsEntry("v1.12.0/initramfs-arm64.xz", "a".repeat(64))
                .containsEntry("v1.13.9/vmlinuz-amd64", "b".repeat(64));
        assertThat(Files.readString(shipped)).startsWith("# of releases\n");
    }

    @Test
    void a_shipped_checksum_is_never_changed_and_an_incomplete_release_not_taken()
            throws Exception {
        release("v1.12.0", NAMES, "a");
        run("v1.12.0");
        String before = Files.readString(shipped);
        release("v1.12.0", NAMES, "c");
        assertThat(run("v1.12.0")).contains("shipped as " + "a".repeat(64));
        release("v1.12.1", NAMES.subList(0, 3), "d");
        assertThat(run("v1.12.1"))
                .contains("v1.12.1: sha256sum.txt does not name initramfs-arm64.xz");
        assertThat(run("1.12")).contains("1.12: write a release as v1.12.0");
        assertThat(Files.readString(shipped)).isEqualTo(before);
    }

    private void release(String version, List<String> names, String digit) throws IOException {
        Path at = Files.createDirectories(folder.resolve(version));
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(digit.repeat(64)).append("  _out/").append(name).append('\n');
        }
        Files.writeString(at.resolve("sha256sum.txt"), text);
    }

    private String run(String... versions) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                PYTHON.toString(),
                                "src/build/talos_sums.py",
                                "--from",
                                folder.toUri().toString().replaceAll("/$", ""),
                                "--into",
                                shipped.toString()));
        command.addAll(List.of(versions));
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = p.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            p.waitFor();
        }
    }
}
