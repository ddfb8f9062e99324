package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

/// The colours, as the owner chooses them.
enum Look {
    /// Light, dark or high contrast, as the system is, and changing with it.
    SYSTEM,
    LIGHT,
    DARK,
    /// Black, white and few bright colours.
    CONTRAST;

    @Override
    public String toString() {
        return text("look." + name());
    }
}
