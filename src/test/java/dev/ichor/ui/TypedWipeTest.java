package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.MachineAction;
import dev.ichor.steps.Step;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What destroys a disk wants the machine's name; what does not goes through at once.
class TypedWipeTest {
    private final List<Intent> wanted = new CopyOnWriteArrayList<>();
    private final Ui ui = Ui.start();

    @BeforeEach
    void openDetails() {
        ui.show(
                () -> {
                    Overlay overlay = new Overlay();
                    overlay.content(
                            Gallery.shell(
                                    Posed.booting(),
                                    Step.BOOT,
                                    new Desk.Surroundings(
                                            wanted::add,
                                            Posed.log(),
                                            Posed.CLOCK,
                                            1,
                                            Path.of("home-lab"))));
                    return overlay;
                },
                980,
                760);
        ui.click("control-1");
        ui.waitFor(() -> ui.visible("#details"));
        wanted.clear();
    }

    @AfterEach
    void close() {
        ui.close();
    }

    @Test
    void nothing_is_wiped_before_the_right_name_is_typed() {
        choose("#action-reinstall");
        ui.waitFor(() -> ui.visible("#wipe-name"));
        ui.click("#answer-yes");
        assertThat(wanted).as("no name").isEmpty();

        ui.type("#wipe-name", "worker-1");
        ui.click("#answer-yes");
        assertThat(wanted).as("another machine's name").isEmpty();

        ui.type("#wipe-name", "control-1");
        assertThat(wanted).as("not agreed yet").isEmpty();
        ui.click("#answer-yes");
        assertThat(wanted)
                .containsExactly(new Intent.Order(Posed.CONTROL, MachineAction.REINSTALL));
        ui.waitFor(() -> !ui.visible("#wipe-name"));
    }

    @Test
    void escape_wipes_nothing_even_when_the_name_is_typed() {
        choose("#action-wipe");
        ui.type("#wipe-name", "control-1");
        ui.press(KeyCode.ESCAPE);
        ui.waitFor(() -> !ui.visible("#wipe-name"));
        assertThat(wanted).isEmpty();
    }

    @Test
    void what_does_not_destroy_is_done_at_once() {
        choose("#action-local");
        choose("#action-loader");
        ui.waitFor(() -> wanted.size() == 2);
        assertThat(wanted)
                .containsExactly(
                        new Intent.Order(Posed.CONTROL, MachineAction.LOCAL_BOOT),
                        new Intent.Order(Posed.CONTROL, MachineAction.OTHER_LOADER));
    }

    private void choose(String item) {
        ui.click("#details-actions");
        ui.click(item);
    }
}
