package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.steps.Step;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class TimelinePaneTest {
    private final Ui ui = Ui.start();

    @AfterEach
    void close() {
        ui.close();
    }

    @Test
    void the_whole_boot_is_shown_and_saved_as_svg_and_png(@TempDir Path dir) throws IOException {
        ui.show(() -> Gallery.shell(Posed.booting(), Step.BOOT, Posed.log(), dir), 980, 760);
        ui.click("#timeline-open");
        ui.waitFor(() -> ui.visible(".timeline-shapes"));
        ui.click("#timeline-save");
        ui.waitFor(() -> ui.visible("#timeline-said"));
        String name = dir + "/logs/timeline-20261122-194430";
        assertThat(ui.words("#timeline-said"))
                .isEqualTo("Saved: " + name + ".svg and " + name + ".png");
        assertThat(Files.readString(Path.of(name + ".svg"))).contains("1 of 4 Ready after 0:55");
        assertThat(Files.readAllBytes(Path.of(name + ".png"))).startsWith(0x89, 'P', 'N', 'G');
        ui.press(KeyCode.ESCAPE);
        ui.waitFor(() -> !ui.visible("#timeline"));
    }
}
