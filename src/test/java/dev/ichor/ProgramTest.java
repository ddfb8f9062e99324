package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The packaged program as its users start it: by its script, from anywhere, as an ordinary user.
class ProgramTest {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");
    private static final String VICTIM = "4c:52:62:0b:10:25";

    @TempDir private static Path dir;
    private static AppFolder app = new AppFolder(Path.of(""));
    private static Path home = Path.of("");

    @BeforeAll
    static void packageIt() throws IOException {
        assumeTrue(
                dir.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "skipped: the start script is for Linux");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        app = AppFolder.make(dir.resolve("app"));
        home = Files.createDirectories(dir.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static AppFolder.Said ichor(String... args) throws Exception {
        List<String> line = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        line.add(app.script().toString());
        line.addAll(List.of(args));
        return AppFolder.run(home, PATH, line);
    }

    @Test
    void the_script_finds_a_java_25_where_another_is_on_the_path() throws Exception {
        AppFolder.Said said = ichor("--version");
        assertThat(said.out()).startsWith("ichor ");
        assertThat(said.exit()).isZero();
    }

    @Test
    void the_script_works_through_a_link_from_a_folder_with_blanks() throws Exception {
        Path link = Files.createDirectories(home.resolve("my tools")).resolve("ichor");
        Files.createSymbolicLink(link, app.script());
        assertThat(AppFolder.run(home, PATH, List.of(link.toString(), "--version")).exit())
                .isZero();
    }

    @Test
    void a_start_cache_that_does_not_fit_is_passed_over_in_silence() throws Exception {
        Path cache = app.root().resolve("lib/ichor.aot");
        Files.writeString(cache, "of another Java");
        AppFolder.Said said = ichor("--version");
        Files.delete(cache);
        assertThat(said.out()).startsWith("ichor ").hasLineCount(1);
        assertThat(said.exit()).isZero();
    }

    @Test
    void without_a_java_25_one_sentence_says_what_to_install() throws Exception {
        Path elsewhere = Files.createDirectories(dir.resolve("bare/bin")).resolve("ichor");
        Files.writeString(
                elsewhere,
                Files.readString(app.script())
                        .replace("/usr/lib/jvm/*", "/nonexistent/*")
                        .replace("/opt/", "/nonexistent/"));
        AppFolder.Said said =
                AppFolder.run(
                        home,
                        Map.of("PATH", "/nonexistent"),
                        List.of("/bin/sh", elsewhere.toString()));
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.out())
                .startsWith("Ichor needs Java 25 or newer and found none: install a JDK 25")
                .hasLineCount(1);
    }

    @Test
    void the_demo_brings_four_machines_to_ready_as_an_ordinary_user() throws Exception {
        AppFolder.Said said = ichor("demo");
        assertThat(said.out()).contains("All machines are READY", "control-1", "worker-3");
        assertThat(said.exit()).isZero();
    }

    @Test
    void a_machine_that_dies_is_told_and_the_others_are_ready() throws Exception {
        AppFolder.Said said = ichor("demo", "--kill", VICTIM + "@KERNEL");
        assertThat(said.out()).contains("Not all machines are READY", VICTIM);
        assertThat(said.out().lines().filter(l -> l.endsWith(" READY"))).hasSize(3);
        assertThat(said.exit()).isEqualTo(1);
    }

    @Test
    void without_a_display_the_wizard_says_so_and_the_demo_runs() throws Exception {
        AppFolder.Said said = ichor();
        assertThat(said.out())
                .contains("There is no display here, so the demo runs in the terminal")
                .contains("All machines are READY");
        assertThat(said.exit()).isZero();
    }
}
