package dev.ichor.ui;

import javafx.scene.Scene;
import javafx.scene.layout.Region;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Pictures of every page in target/screenshots, to be looked at: `mvn -Pscreenshots verify`, or
/// `mvn -Pscreenshots test -Dichor.pictures=monitor.*`.
class Screenshots {
    private static final Path TO = Path.of("target", "screenshots");

    @Test
    @EnabledIfSystemProperty(named = "ichor.screenshots", matches = ".+")
    void every_page_light_and_dark_as_small_as_it_gets_and_in_german() throws IOException {
        Files.createDirectories(TO);
        Ui ui = Ui.start();
        for (var e : Gallery.pictures().entrySet()) {
            if (!e.getKey().matches(System.getProperty("ichor.pictures", ".*"))) {
                continue;
            }
            for (Look look : List.of(Look.LIGHT, Look.DARK)) {
                take(ui, e.getKey(), e.getValue(), look, 1240, 800);
            }
            take(ui, e.getKey() + "-contrast", e.getValue(), Look.CONTRAST, 1240, 800);
            take(ui, e.getKey() + "-small", e.getValue(), Look.LIGHT, 960, 620);
            Words.speak(Locale.GERMAN);
            take(ui, e.getKey() + "-german", e.getValue(), Look.LIGHT, 960, 620);
            Words.speak(Locale.ROOT);
        }
    }

    private static void take(Ui ui, String name, Supplier<Region> content, Look look, int w, int h)
            throws IOException {
        List<byte[]> png = new ArrayList<>();
        ui.window(s -> {
            Scene scene = new Scene(content.get(), w, h);
            Theme.dress(scene, look, false);
            s.setScene(scene);
        });
        ui.settle();
        ui.waitFor(() -> !name.contains("trouble") || ui.visible("#banner"));
        ui.waitFor(() -> !name.contains("details") || ui.visible("#details"));
        ui.waitFor(() -> !name.contains("timeline") || ui.visible(".timeline-shapes"));
        png.add(ui.onScreen(() -> Png.encode(ui.stage().getScene().snapshot(null))));
        ui.close();
        String suffix = look == Look.DARK ? "-dark.png" : ".png";
        Files.write(TO.resolve(name + suffix), png.getFirst());
    }
}
