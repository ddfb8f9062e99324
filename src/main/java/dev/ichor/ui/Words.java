package dev.ichor.ui;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/// Every text that the owner reads, from the resource bundle in the language of the system.
final class Words {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("dev.ichor.ui.words");

    private Words() {}

    /// The text of a key with its gaps filled; gaps are written as in [MessageFormat].
    static String text(String key, Object... values) {
        return MessageFormat.format(BUNDLE.getString(key), values);
    }
}
