package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.steps.Step;

import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetailsPaneTest {
    private final Ui ui = Ui.start();

    @BeforeEach
    void open() {
        ui.show(() -> Gallery.shell(Posed.booting(), Step.BOOT, Posed.log()), 980, 760);
    }

    @AfterEach
    void close() {
        ui.close();
    }

    @Test
    void a_click_on_a_card_shows_the_machine_in_full_and_escape_all_of_them() {
        ui.click("control-1");
        ui.waitFor(() -> ui.visible("#details") && lines() > 10);
        int all = lines();
        ui.click("#details-FILE");
        ui.waitFor(() -> lines() > 0 && lines() < all);
        ui.press(KeyCode.ESCAPE);
        ui.waitFor(() -> !ui.visible("#details"));
        assertThat(ui.visible("#filter-all")).isTrue();
    }

    @Test
    void the_keyboard_opens_a_card_too() {
        for (int i = 0; i < 40 && !onCard(); i++) {
            ui.press(KeyCode.TAB);
        }
        ui.press(KeyCode.ENTER);
        ui.waitFor(() -> ui.visible("#details"));
        ui.press(KeyCode.ENTER);
        ui.waitFor(() -> !ui.visible("#details"));
    }

    private boolean onCard() {
        return ui.onScreen(() -> ui.stage().getScene().getFocusOwner() instanceof MachineCard);
    }

    private int lines() {
        ListView<?> list = (ListView<?>) ui.stage().getScene().lookup("#details-list");
        return list.getItems().size();
    }
}
