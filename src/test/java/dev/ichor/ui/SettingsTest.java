package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Rectangle2D;
import javafx.scene.control.ChoiceBox;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// How the window was left is how it comes back.
class SettingsTest {
    private static final List<Rectangle2D> SCREENS =
            List.of(new Rectangle2D(0, 0, 1920, 1040), new Rectangle2D(-1280, 0, 1280, 1024));

    @TempDir private Path dir;

    @AfterEach
    void english() {
        Words.speak(Locale.ROOT);
    }

    @Test
    void what_is_kept_is_there_at_the_next_start() {
        Settings first = new Settings(dir.resolve("new"));
        assertThat(first.language()).isEqualTo(Language.SYSTEM);
        assertThat(first.place()).isEmpty();

        first.language(Language.GERMAN);
        first.lay(new Rectangle2D(-100, 20, 1000, 700));
        first.filledScreen();
        first.theme(new Theme.Wish(Look.CONTRAST, true));

        Settings next = new Settings(dir.resolve("new"));
        assertThat(next.language()).isEqualTo(Language.GERMAN);
        assertThat(next.place()).contains(new Rectangle2D(-100, 20, 1000, 700));
        assertThat(next.maximised()).isTrue();
        assertThat(next.theme()).isEqualTo(new Theme.Wish(Look.CONTRAST, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "place=1 2 3",
                "place=1 2 -3 4",
                "place=1 2 NaN 4",
                "place=here there 3 4",
                "language=KLINGON",
                "look=PINK",
                "place=\\uZZZZ",
                "\0\1\2"
            })
    void nonsense_is_forgotten(String content) throws IOException {
        Files.writeString(dir.resolve("window.properties"), content);

        Settings s = new Settings(dir);

        assertThat(s.place()).isEmpty();
        assertThat(s.language()).isEqualTo(Language.SYSTEM);
        assertThat(s.maximised()).isFalse();
        assertThat(s.theme()).isEqualTo(new Theme.Wish(Look.SYSTEM, false));
    }

    @Test
    void a_folder_that_cannot_be_written_loses_nothing_but_the_memory() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        Settings s = new Settings(file);

        s.language(Language.ENGLISH);

        assertThat(s.language()).isEqualTo(Language.ENGLISH);
        assertThat(new Settings(file).language()).isEqualTo(Language.SYSTEM);
    }

    @Test
    void a_window_on_a_screen_that_is_gone_is_not_put_there() {
        assertThat(Frame.seen(new Rectangle2D(-900, 10, 960, 620), SCREENS)).isTrue();
        assertThat(Frame.seen(new Rectangle2D(-900, 10, 960, 620), SCREENS.subList(0, 1)))
                .as("60 pixels are left of it")
                .isFalse();
        assertThat(Frame.seen(new Rectangle2D(100, 1030, 960, 620), SCREENS))
                .as("below the edge")
                .isFalse();
        assertThat(Frame.seen(new Rectangle2D(100, -40, 960, 620), SCREENS))
                .as("the title bar is above the edge")
                .isFalse();
    }

    @Test
    void the_window_comes_back_where_it_was_and_in_the_language_chosen() {
        Ui ui = Ui.start();
        ui.window(s -> opened(s));
        ui.onScreen(() -> {
            Stage s = ui.stage();
            s.setX(30);
            s.setY(40);
            s.setWidth(970);
            s.setHeight(640);
            language(ui).setValue(Language.GERMAN);
            return null;
        });
        ui.waitFor(() -> ui.words("#title").equals("Willkommen"));
        ui.close();
        Words.speak(Locale.ROOT);

        ui.window(s -> opened(s));

        assertThat(ui.words("#title")).isEqualTo("Willkommen");
        assertThat(ui.onScreen(() -> language(ui).getValue())).isEqualTo(Language.GERMAN);
        assertThat(
                        ui.onScreen(() -> {
                            Stage s = ui.stage();
                            return new Rectangle2D(s.getX(), s.getY(), s.getWidth(), s.getHeight());
                        }))
                .isEqualTo(new Rectangle2D(30, 40, 970, 640));
        ui.close();
    }

    @Test
    void colours_and_motion_are_as_chosen_in_every_window() {
        Ui ui = Ui.start();
        ui.window(s -> opened(s));
        ui.click("#calm");
        ui.onScreen(() -> {
            ((ChoiceBox<?>) ui.stage().getScene().lookup("#look")).getSelectionModel().selectLast();
            return null;
        });
        ui.waitFor(() -> sheets(ui).containsAll(List.of("contrast.css", "calm.css")));
        ui.close();
        assertThat(new Settings(dir.resolve("settings")).theme())
                .isEqualTo(new Theme.Wish(Look.CONTRAST, true));
        ui.onScreen(() -> {
            Theme.wish(new Theme.Wish(Look.SYSTEM, false));
            return null;
        });
        assertThat(sheets(ui)).containsExactly("ichor.css", "bridge.css");
    }

    private static List<String> sheets(Ui ui) {
        return ui.stage().getScene().getStylesheets().stream()
                .map(s -> s.substring(s.lastIndexOf('/') + 1))
                .toList();
    }

    private void opened(Stage stage) {
        new Window(stage, new Home(dir)).open();
    }

    @SuppressWarnings("unchecked")
    private static ChoiceBox<Language> language(Ui ui) {
        return (ChoiceBox<Language>) ui.stage().getScene().lookup("#language");
    }
}
