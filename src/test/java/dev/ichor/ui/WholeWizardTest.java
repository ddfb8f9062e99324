package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The whole job on the pretended network, as its owner would do it: with the mouse.
class WholeWizardTest {
    private static final int BOOT_SECONDS = 120;
    private static final int TRIES = 10;

    /// Clicks from the welcome until every machine is READY; nothing has to be typed.
    private static final int HAND_ACTIONS = 14;

    @TempDir private Path dir;
    private final Ui ui = Ui.start();
    private final AtomicReference<Window> window = new AtomicReference<>();

    @BeforeEach
    void open() {
        ui.window(stage -> {
            window.set(new Window(stage, new Home(dir)));
            window.get().open();
            // The headless screen has 1000 pixels.
            stage.setWidth(980);
            stage.setHeight(760);
        });
    }

    @AfterEach
    void close() {
        ui.onScreen(() -> {
            window.get().close();
            return true;
        });
    }

    @Test
    void from_the_first_page_to_four_ready_machines_with_the_mouse() {
        AtomicInteger clicks = new AtomicInteger();
        bootAll(id -> {
            clicks.incrementAndGet();
            ui.click(id);
        });
        allReady();
        assertThat(clicks).hasValue(HAND_ACTIONS);
        handOver(ui::click);
    }

    @Test
    void from_the_first_page_to_four_ready_machines_with_the_keyboard_alone() {
        bootAll(ui::key);
        handOver(ui::key);
    }

    @Test
    void f1_helps_and_escape_leads_back() {
        ui.click("#demo");
        ui.waitFor(() -> title("Get ready"));
        ui.press(KeyCode.F1);
        ui.waitFor(() -> ui.visible("#keys"));
        ui.press(KeyCode.ESCAPE);
        ui.waitFor(() -> !ui.visible("#keys"));
    }

    @Test
    void the_help_leads_to_the_guide() {
        ui.click("#demo");
        ui.waitFor(() -> title("Get ready"));
        ui.press(KeyCode.F1);
        ui.waitFor(() -> ui.visible("#guide-router"));
        ui.click("#guide-router");
        ui.waitFor(() -> ui.visible("#guide-text"));
        ui.press(KeyCode.ESCAPE);
        ui.waitFor(() -> !ui.visible("#guide-text"));
    }

    private void bootAll(Consumer<String> press) {
        press.accept("#demo");
        ui.waitFor(() -> title("Get ready") && done());
        press.accept("#next");

        ui.waitFor(() -> title("Find machines"));
        press.accept("#next");
        ui.waitFor(() -> done() && ui.words("#count").endsWith("4 asked for a network boot"));
        press.accept("#next");

        ui.waitFor(() -> title("Assign roles"));
        press.accept("#suggest");
        ui.waitFor(() -> ui.words("#verdict").startsWith("1 control plane and 3 workers"));
        press.accept("#next");

        ui.waitFor(() -> title("Download Talos"));
        step(press);
        ui.waitFor(() -> title("Configure"));
        step(press);
        ui.waitFor(() -> title("Copy to the NAS"));
        step(press);
        ui.waitFor(() -> title("Boot"));
        press.accept("#next");
        press.accept("#approve-all");
    }

    /// One pretended machine loses its power once it was Ready, and comes back: then the owner is
    /// sent back to watch.
    private void handOver(Consumer<String> press) {
        for (int tries = 0; tries < TRIES && !next("Close"); tries++) {
            allReady();
            press.accept("#next");
            ui.waitFor(() -> title("Finish"));
            press.accept("#next");
            ui.waitFor(() -> ui.visible("#notice"));
            if (!next("Close")) {
                press.accept("#back");
            }
        }
        assertThat(ui.visible("#kubeconfig")).isTrue();
    }

    private void allReady() {
        ui.waitFor(() -> ui.words("#summary").equals("4 of 4 ready"), BOOT_SECONDS);
    }

    /// Begins the step of the page, waits until it is done, and turns to the next page.
    private void step(Consumer<String> press) {
        press.accept("#next");
        ui.waitFor(() -> done());
        press.accept("#next");
    }

    private boolean title(String words) {
        return ui.words("#title").equals(words);
    }

    private boolean done() {
        return next("Next") && !ui.visible("#cancel");
    }

    private boolean next(String words) {
        return ui.words("#next").equals(words);
    }
}
