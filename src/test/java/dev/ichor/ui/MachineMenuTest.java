package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Step;

import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Above twelve machines: a row's own menu, and the log of one machine alone.
class MachineMenuTest {
    private static final int MACHINES = 14;

    private final Ui ui = Ui.start();
    private final List<Intent> told = new CopyOnWriteArrayList<>();
    private final BootLog log = new BootLog();

    @TempDir private Path dir;

    @BeforeEach
    void open() {
        Draft draft = Draft.empty();
        for (int i = 0; i < MACHINES; i++) {
            InstallDisk disk = new InstallDisk.Device("/dev/sda");
            Draft.Wish wish = new Draft.Wish(Role.WORKER, "node-" + i, disk, Life.ALWAYS_NETBOOT);
            draft = draft.assign(mac(i), wish);
            Posed.heard(log, mac(i), Posed.NOW.minusSeconds(5));
        }
        log.append(new BootEvent.WaitingForApproval(Posed.NOW, mac(3)));
        Draft all = draft;
        ui.show(
                () -> {
                    Overlay overlay = new Overlay();
                    overlay.content(
                            Gallery.shell(
                                    Posed.at(
                                            Step.BOOT,
                                            Posed.running("", 0, -1),
                                            all,
                                            Posed.results()),
                                    Step.BOOT,
                                    new Desk.Surroundings(told::add, log, Posed.CLOCK, 1, dir)));
                    return overlay;
                },
                1240,
                800);
        ui.waitFor(() -> ui.visible("node-3"));
        told.clear(); // the page has looked at this PC
    }

    @AfterEach
    void close() {
        ui.close();
    }

    private static Mac mac(int i) {
        return new Mac(0x4c52620e0000L + i);
    }

    @Test
    void a_row_has_the_actions_of_a_card_in_its_menu() {
        ui.menu("node-3");
        ui.click("#action-approve");
        ui.waitFor(() -> told.contains(new Intent.Approve(mac(3))));
        ui.menu("node-4");
        ui.click("#action-loader");
        ui.waitFor(() -> told.contains(new Intent.Order(mac(4), MachineAction.OTHER_LOADER)));
        ui.menu("node-4");
        ui.click("#action-reinstall");
        ui.waitFor(() -> ui.visible("#wipe-name"));
        assertThat(told).hasSize(2);
    }

    @Test
    void the_menu_opens_by_the_keyboard_and_shows_the_machine_in_full() {
        focus(2);
        ui.press(KeyCode.SHIFT, KeyCode.F10);
        ui.waitFor(MachineMenuTest::menuOpen);
        ui.click("#action-details");
        ui.waitFor(() -> ui.visible("#details"));
    }

    @Test
    void the_log_shows_one_machine_alone_and_is_saved_as_it_is_listed() throws Exception {
        ui.waitFor(() -> lines().size() >= MACHINES);
        choose("node-3");
        ui.waitFor(() -> !lines().isEmpty() && lines().stream().allMatch(this::ofThird));
        int listed = lines().size();
        Path json = dir.resolve("boot.jsonl");
        save(json);
        assertThat(BootLog.replay(json)).hasSize(listed).allMatch(e -> mac(3).equals(e.mac()));
        Path text = dir.resolve("boot.txt");
        save(text);
        assertThat(Files.readAllLines(text)).isEqualTo(lines());
        save(dir.resolve("nowhere/boot.txt"));
        assertThat(ui.words("#log-said")).contains("The log could not be saved.");
    }

    private boolean ofThird(String line) {
        return line.contains("node-3 ");
    }

    private void focus(int row) {
        ui.onScreen(() -> {
            ListView<?> list = (ListView<?>) ui.stage().getScene().lookup("#machines");
            list.requestFocus();
            list.getSelectionModel().select(row);
            return list.isFocused();
        });
    }

    private static boolean menuOpen() {
        return Window.getWindows().stream()
                .anyMatch(w -> w instanceof javafx.scene.control.ContextMenu && w.isShowing());
    }

    private void choose(String name) {
        ui.onScreen(() -> {
            var box =
                    (javafx.scene.control.ComboBox<?>) ui.stage().getScene().lookup("#log-machine");
            box.getSelectionModel().select(box.getItems().indexOf(name));
            return null;
        });
    }

    private void save(Path to) {
        String said = ui.visible("#log-said") ? ui.words("#log-said") : "";
        ui.onScreen(() -> {
            ((LogPane) ui.stage().getScene().lookup(".log-pane")).save(to);
            return null;
        });
        ui.waitFor(() -> ui.visible("#log-said") && !ui.words("#log-said").equals(said));
    }

    private List<String> lines() {
        ListView<?> log = (ListView<?>) ui.stage().getScene().lookup("#log");
        return log.getItems().stream().map(Object::toString).toList();
    }
}
