package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.BootMode;
import dev.ichor.steps.Session;

import javafx.scene.control.RadioButton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

class TwoWindowsTest {
    @TempDir private Path dir;
    private final Ui ui = Ui.start();

    @Test
    void the_second_window_on_a_cluster_can_be_looked_at_and_changes_nothing() throws Exception {
        Home home = new Home(dir);
        Path folder = home.clustersHome().resolve("lab");
        AtomicReference<Window> window = new AtomicReference<>();
        try (Session first = home.open(folder, new Questions(new Overlay()))) {
            first.edit(d -> d.named("lab").booting(BootMode.ROUTER_TO_PC));
            String saved = Files.readString(folder.resolve("cluster.json"));
            ui.window(stage -> {
                window.set(new Window(stage, home));
                window.get().open();
                stage.setWidth(980);
                stage.setHeight(760);
            });
            ui.click("#continue-lab");
            ui.waitFor(() -> ui.visible("#read-only"));
            assertThat(ui.words("#read-only")).startsWith("This cluster is open in another window");

            ui.onScreen(() -> {
                button("#mode-PROXY").fire();
                return true;
            });
            ui.waitFor(() -> button("#mode-ROUTER_TO_PC").isSelected());
            ui.click("#next");
            assertThat(Files.readString(folder.resolve("cluster.json"))).isEqualTo(saved);
        } finally {
            ui.onScreen(() -> {
                window.get().close();
                return true;
            });
        }
    }

    private RadioButton button(String id) {
        return (RadioButton) ui.stage().getScene().lookup(id);
    }
}
