package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Wiring;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicReference;

/// The whole job on the pretended network, as its owner would do it: with the mouse.
class WholeWizardTest {
    private static final int BOOT_SECONDS = 120;
    private static final int TRIES = 10;

    private final Ui ui = Ui.start();
    private final AtomicReference<Window> window = new AtomicReference<>();

    @BeforeEach
    void open() {
        ui.window(stage -> {
            window.set(new Window(stage, new Wiring()));
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
        ui.click("#demo");
        ui.waitFor(() -> title("Get ready") && done());
        ui.click("#next");

        ui.waitFor(() -> title("Find machines"));
        ui.click("#next");
        ui.waitFor(() -> done() && ui.words("#count").endsWith("4 asked for a network boot"));
        ui.click("#next");

        ui.waitFor(() -> title("Assign roles"));
        ui.click("#suggest");
        ui.waitFor(() -> ui.words("#verdict").startsWith("1 control plane and 3 workers"));
        ui.click("#next");

        ui.waitFor(() -> title("Download Talos"));
        step();
        ui.waitFor(() -> title("Configure"));
        step();
        ui.waitFor(() -> title("Copy to the NAS"));
        step();
        ui.waitFor(() -> title("Boot"));
        ui.click("#next");
        ui.click("#approve-all");
        handOver();
        assertThat(ui.visible("#kubeconfig")).isTrue();
    }

    /// One pretended machine loses its power once it was Ready, and comes back: then the owner is
    /// sent back to watch.
    private void handOver() {
        for (int tries = 0; tries < TRIES && !next("Close"); tries++) {
            ui.waitFor(() -> ui.words("#summary").equals("4 of 4 ready"), BOOT_SECONDS);
            ui.click("#next");
            ui.waitFor(() -> title("Finish"));
            ui.click("#next");
            ui.waitFor(() -> ui.visible("#notice"));
            if (!next("Close")) {
                ui.click("#back");
            }
        }
    }

    /// Begins the step of the page, waits until it is done, and turns to the next page.
    private void step() {
        ui.click("#next");
        ui.waitFor(() -> done());
        ui.click("#next");
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
