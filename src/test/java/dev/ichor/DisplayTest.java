package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The program as its owner starts it, where no window can be shown.
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class DisplayTest {
    @TempDir private Path home;

    @Test
    void where_no_window_can_be_opened_the_wizard_says_so_and_names_the_commands()
            throws Exception {
        ProcessBuilder ichor =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.ichor.Ichor");
        ichor.environment().put("DISPLAY", ":59000");
        ichor.environment().remove("WAYLAND_DISPLAY");
        ichor.environment().put("HOME", home.toString());
        Process started = ichor.redirectErrorStream(true).start();
        String said = new String(started.getInputStream().readAllBytes(), UTF_8);
        assertThat(started.waitFor()).as(said).isEqualTo(1);
        // Which of the two it is depends on what is installed here.
        assertThat(said)
                .containsPattern("The wizard (cannot open a window on this display|needs GTK 3)")
                .contains("ichor --help lists the commands.")
                .doesNotContain("has a fault", "\tat ");
    }
}
