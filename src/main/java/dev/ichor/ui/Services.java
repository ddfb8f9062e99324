package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Our own services as chips: a tick and the address, or a cross and the reason.
final class Services extends FlowPane {
    /// How [dev.ichor.boot.FleetProgress] marks a service that does not listen.
    private static final String DOWN = "✗";

    private static final String NONE = "";

    private Map<String, String> shown = Map.of();

    Services() {
        getStyleClass().add("chips");
        setId("services");
        show(Map.of(), false);
    }

    /// Draws the chips.
    ///
    /// @param serving whether the boot server runs
    void show(Map<String, String> services, boolean serving) {
        Map<String, String> now =
                serving ? new LinkedHashMap<>(services) : Map.of(NONE, text("services.off"));
        if (now.isEmpty()) {
            now.put(NONE, text("services.starting"));
        }
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        getChildren().clear();
        now.forEach((name, where) -> getChildren().add(chip(name, where)));
    }

    private static Label chip(String name, String where) {
        boolean up = !where.startsWith(DOWN);
        String words = up ? where : where.substring(DOWN.length()).strip();
        if (name.equals(NONE)) {
            return Parts.label(words, "chip");
        }
        Label l = new Label(name.toUpperCase(Locale.ROOT) + " " + words);
        l.setGraphic(new FontIcon(up ? Feather.CHECK_CIRCLE : Feather.X_CIRCLE));
        l.getStyleClass().addAll("chip", up ? "chip-up" : "chip-down");
        l.setTooltip(new Tooltip(words));
        return l;
    }
}
