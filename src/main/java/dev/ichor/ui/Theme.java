package dev.ichor.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Colours and font: as the owner wants them, else as the system is, and changes with it.
final class Theme {
    private static final Color LIGHT = Color.WHITE;
    private static final Color DARK = Color.web("#0d1117");
    private static final List<String> FONTS =
            List.of("Segoe UI Variable", "Segoe UI", "Inter", "Noto Sans", "DejaVu Sans");

    /// What Windows calls it (JavaFX's platform preferences).
    private static final String HIGH_CONTRAST = "Windows.SPI.HighContrast";

    private static final ObjectProperty<Wish> WISH =
            new SimpleObjectProperty<>(new Wish(Look.SYSTEM, false));

    private Theme() {}

    /// What the owner wants.
    ///
    /// @param look the colours
    /// @param calm whether nothing shall move that need not; it does not either where the system
    ///   says so
    record Wish(Look look, boolean calm) {}

    /// The toolkit's theme is one for all windows, and so is this.
    static void wish(Wish now) {
        WISH.set(now);
    }

    /// Dresses a scene and keeps following the owner's wish and the system.
    static void follow(Scene scene) {
        dressNow(scene);
        InvalidationListener again = o -> dressNow(scene);
        WISH.addListener(again);
        Platform.getPreferences().addListener(again);
        Platform.getPreferences().colorSchemeProperty().addListener(again);
        Platform.getPreferences().reducedMotionProperty().addListener(again);
    }

    /// What is behind all else.
    static Color ground() {
        return ground(look());
    }

    private static Color ground(Look look) {
        return switch (look) {
            case CONTRAST -> Color.BLACK;
            case DARK -> DARK;
            case LIGHT, SYSTEM -> LIGHT;
        };
    }

    private static Look look() {
        Look wished = WISH.get().look();
        return wished == Look.SYSTEM ? ofSystem(Platform.getPreferences()) : wished;
    }

    private static void dressNow(Scene scene) {
        boolean calm = WISH.get().calm() || Platform.getPreferences().isReducedMotion();
        dress(scene, look(), calm);
    }

    private static Look ofSystem(Platform.Preferences system) {
        if (Boolean.TRUE.equals(system.get(HIGH_CONTRAST))) {
            return Look.CONTRAST;
        }
        return system.getColorScheme() == ColorScheme.DARK ? Look.DARK : Look.LIGHT;
    }

    /// Dresses a scene in one look.
    static void dress(Scene scene, Look look, boolean calm) {
        boolean dark = look != Look.LIGHT;
        Application.setUserAgentStylesheet(
                (dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        scene.getPreferences().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
        // The fill is seen for a moment before the first frame of the root.
        scene.setFill(ground(look));
        List<String> sheets = new ArrayList<>(List.of(sheet("ichor.css"), sheet("bridge.css")));
        if (look == Look.CONTRAST) {
            sheets.add(sheet("contrast.css"));
        }
        if (calm) {
            sheets.add(sheet("calm.css"));
        }
        scene.getStylesheets().setAll(sheets);
        font(scene);
    }

    /// CSS takes one family only, so the choice is made here.
    private static void font(Scene scene) {
        List<String> there = Font.getFamilies();
        FONTS.stream()
                .filter(there::contains)
                .findFirst()
                .ifPresent(f -> scene.getRoot().setStyle("-fx-font-family: \"" + f + "\";"));
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name).toExternalForm();
    }
}
