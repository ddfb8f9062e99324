package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootLog;
import dev.ichor.steps.Snapshot;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import org.controlsfx.control.ToggleSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The monitor's windows beside the wizard.
class MonitorsTest {
    private final Ui ui = Ui.start();
    private final List<Overlay.Question> asked = new ArrayList<>();
    private final Snapshot boots = Posed.booting();
    private @TempDir Path dir;
    private Monitors monitors;
    private int left;

    @BeforeEach
    void open() {
        ui.show(() -> new Overlay(), 960, 620);
        monitors = ui.onScreen(this::beside);
    }

    private Monitors beside() {
        return new Monitors(
                new Desk.Surroundings(i -> {}, Posed.log(), Posed.CLOCK, 1, dir),
                boots,
                new Monitors.Main(ui.stage(), asked::add, ask -> left++));
    }

    @AfterEach
    void close() {
        ui.onScreen(() -> {
            monitors.close();
            return true;
        });
        ui.close();
    }

    @Test
    void the_live_window_stays_when_the_wizard_is_closed_and_asks_before_it_goes_itself() {
        Stage live = live();
        ui.waitFor(() -> words(live).contains("1 of 4 ready"));
        assertThat(monitors.live()).isTrue();

        ui.onScreen(() -> {
            ui.stage().hide();
            request(live);
            return true;
        });
        assertThat(left).as("asks whether to stop").isEqualTo(1);
        assertThat(ui.onScreen(live::isShowing)).isTrue();

        ui.onScreen(() -> {
            ui.stage().show();
            request(live);
            return true;
        });
        assertThat(left).as("the wizard is still there: nothing stops").isEqualTo(1);
    }

    @Test
    void it_stays_on_top_when_asked_to() {
        Stage live = live();
        ui.onScreen(() -> {
            ToggleSwitch top = (ToggleSwitch) live.getScene().lookup("#on-top");
            top.setSelected(true);
            return true;
        });
        assertThat(ui.onScreen(live::isAlwaysOnTop)).isTrue();
    }

    @Test
    void a_saved_log_is_wound_to_any_moment() throws IOException {
        Path log = dir.resolve("boot-2026-11-22.jsonl");
        Files.write(log, Posed.log().events().stream().map(BootLog::line).toList());
        monitors.replay(log);
        ui.waitFor(() -> monitors.lastReplay() != null);
        Scene scene = Objects.requireNonNull(monitors.lastReplay()).window().stage().getScene();
        ui.waitFor(() -> words(scene).contains("1 of 4 ready"));

        ui.onScreen(() -> wind(scene, 0));
        ui.waitFor(() -> words(scene).contains("0 of 4 ready"));
        ui.onScreen(() -> wind(scene, 60_000));
        ui.waitFor(() -> words(scene).contains("1 of 4 ready"));
        assertThat(words(scene)).contains("0:48 / 0:48").doesNotContain("Stop server");
    }

    @Test
    void a_file_that_is_no_log_is_told() throws IOException {
        Path file = Files.writeString(dir.resolve("letter.txt"), "Dear all");
        monitors.replay(file);
        ui.waitFor(() -> asked.size() == 1);
        monitors.replay(dir.resolve("gone.jsonl"));
        ui.waitFor(() -> asked.size() == 2);
        assertThat(asked)
                .extracting(Overlay.Question::title)
                .first()
                .asString()
                .contains("no boot log");
    }

    private static boolean wind(Scene scene, long millis) {
        ((Slider) scene.lookup("#replay-slider")).setValue(millis);
        return true;
    }

    private Stage live() {
        return ui.onScreen(() -> {
            monitors.open();
            return Objects.requireNonNull(monitors.liveWindow()).stage();
        });
    }

    private static void request(Stage stage) {
        WindowEvent close = new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST);
        stage.getOnCloseRequest().handle(close);
        if (!close.isConsumed()) {
            stage.hide();
        }
    }

    private String words(Stage stage) {
        return words(stage.getScene());
    }

    private String words(Scene scene) {
        return ui.onScreen(() ->
                scene.getRoot().lookupAll(".label").stream()
                        .filter(Node::isVisible)
                        .filter(Label.class::isInstance)
                        .map(n -> ((Label) n).getText())
                        .collect(Collectors.joining(" | ")));
    }
}
