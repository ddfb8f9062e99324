package dev.ichor.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

import java.util.List;
import java.util.Objects;

/// Colours and font: light or dark as the system is, and changes with it.
final class Theme {
    private static final Color LIGHT = Color.WHITE;
    private static final Color DARK = Color.web("#0d1117");
    private static final List<String> FONTS =
            List.of("Segoe UI Variable", "Segoe UI", "Inter", "Noto Sans", "DejaVu Sans");

    private Theme() {}

    /// Dresses a scene and keeps following the system.
    static void follow(Scene scene) {
        dress(scene, Platform.getPreferences().getColorScheme());
        Platform.getPreferences()
                .colorSchemeProperty()
                .addListener((o, was, is) -> dress(scene, is));
    }

    /// Dresses a scene in one scheme.
    static void dress(Scene scene, ColorScheme scheme) {
        boolean dark = scheme == ColorScheme.DARK;
        Application.setUserAgentStylesheet(
                (dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        scene.getPreferences().setColorScheme(scheme);
        // The fill is seen for a moment before the first frame of the root.
        scene.setFill(dark ? DARK : LIGHT);
        scene.getStylesheets().setAll(sheet("ichor.css"), sheet("bridge.css"));
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
