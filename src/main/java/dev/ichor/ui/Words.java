package dev.ichor.ui;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// Every text that the owner reads, from the resource bundle in the language of the system.
final class Words {
    private static volatile ResourceBundle bundle = of(Locale.getDefault());

    private Words() {}

    /// The text of a key with its gaps filled; gaps are written as in [MessageFormat], which is
    /// only asked where there are any: the live view asks for thousands of texts a second.
    static String text(String key, Object... values) {
        ResourceBundle words = bundle;
        String pattern = words.getString(key);
        return values.length == 0
                ? pattern
                : new MessageFormat(pattern, words.getLocale()).format(values);
    }

    /// How numbers are written.
    static Locale locale() {
        return bundle.getLocale();
    }

    /// Speaks another language from now on; what is on the screen stays as it is.
    static void speak(Locale language) {
        bundle = of(language);
    }

    /// English where we do not know the language, whatever the system speaks.
    private static ResourceBundle of(Locale language) {
        return ResourceBundle.getBundle(
                "dev.ichor.ui.words",
                language,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
