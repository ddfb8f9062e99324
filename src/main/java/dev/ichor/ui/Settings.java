package dev.ichor.ui;

import javafx.geometry.Rectangle2D;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;

/// What the window remembers from one start to the next: its place, its language, its colours.
/// Nothing here is worth a word to the owner: what cannot be read is forgotten, what cannot be
/// written is logged.
final class Settings {
    private static final String FILE = "window.properties";
    private static final String LANGUAGE = "language";
    private static final String LOOK = "look";
    private static final String CALM = "calm";
    private static final String MAXIMISED = "maximised";
    private static final String PLACE = "place";

    private final Path file;
    private final Properties values = new Properties();

    /// The settings kept in a folder, which need not be there.
    Settings(Path folder) {
        this.file = folder.resolve(FILE);
        try (BufferedReader in = Files.newBufferedReader(file)) {
            values.load(in);
        } catch (IOException | IllegalArgumentException e) {
            values.clear();
        }
    }

    Language language() {
        String kept = values.getProperty(LANGUAGE, "");
        return Arrays.stream(Language.values())
                .filter(l -> l.name().equals(kept))
                .findFirst()
                .orElse(Language.SYSTEM);
    }

    void language(Language language) {
        values.setProperty(LANGUAGE, language.name());
        save();
    }

    /// What it shall look like.
    Theme.Wish theme() {
        String kept = values.getProperty(LOOK, "");
        Look look =
                Arrays.stream(Look.values())
                        .filter(l -> l.name().equals(kept))
                        .findFirst()
                        .orElse(Look.SYSTEM);
        return new Theme.Wish(look, Boolean.parseBoolean(values.getProperty(CALM)));
    }

    void theme(Theme.Wish wish) {
        values.setProperty(LOOK, wish.look().name());
        values.setProperty(CALM, String.valueOf(wish.calm()));
        save();
    }

    /// Where the window was when it was last seen in a size of its own; empty when that is not
    /// known.
    Optional<Rectangle2D> place() {
        String[] parts = values.getProperty(PLACE, "").split(" ", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            double[] n = Arrays.stream(parts).mapToDouble(Double::parseDouble).toArray();
            return Arrays.stream(n).allMatch(Double::isFinite)
                    ? Optional.of(new Rectangle2D(n[0], n[1], n[2], n[3]))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean maximised() {
        return Boolean.parseBoolean(values.getProperty(MAXIMISED));
    }

    /// The window filled the screen; the size that it had before is kept.
    void filledScreen() {
        values.setProperty(MAXIMISED, "true");
        save();
    }

    /// The window lay here.
    void lay(Rectangle2D at) {
        values.setProperty(MAXIMISED, "false");
        values.setProperty(
                PLACE,
                at.getMinX() + " " + at.getMinY() + " " + at.getWidth() + " " + at.getHeight());
        save();
    }

    private void save() {
        Path part = file.resolveSibling(FILE + ".part");
        try {
            Files.createDirectories(file.getParent());
            try (Writer out = Files.newBufferedWriter(part)) {
                values.store(out, null);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.getLogger(Settings.class.getName())
                    .log(System.Logger.Level.INFO, "not kept: " + file, e);
        }
    }
}
