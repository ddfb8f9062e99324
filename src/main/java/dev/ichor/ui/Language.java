package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import java.util.Locale;

/// What the program speaks, as the owner chooses it.
enum Language {
    SYSTEM,
    ENGLISH,
    GERMAN;

    Locale locale() {
        return switch (this) {
            case SYSTEM -> Locale.getDefault();
            case ENGLISH -> Locale.ENGLISH;
            case GERMAN -> Locale.GERMAN;
        };
    }

    @Override
    public String toString() {
        return text("language." + name());
    }
}
