package dev.ichor.ui;

import dev.ichor.cluster.Problem;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// Every text that the owner reads, from the resource bundle in the language of the system.
final class Words {
    private static volatile ResourceBundle bundle = of(Locale.getDefault());
    private static volatile Sentences sentences = Sentences.of(bundle.getLocale());

    private Words() {}

    /// The text of a key with its gaps filled; gaps are written as in [MessageFormat], which is
    /// only asked where there are any: the live view asks for thousands of texts a second.
    static String text(String key, Object... values) {
        ResourceBundle words = bundle;
        String pattern = words.getString(key);
        if (values.length == 0) {
            return pattern;
        }
        Object[] spoken = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            spoken[i] = values[i] instanceof String s ? said(s) : values[i];
        }
        return new MessageFormat(pattern, words.getLocale()).format(spoken);
    }

    /// What the engine says, in the owner's language.
    static String said(String english) {
        return sentences.spoken(english);
    }

    /// What happened, why and what to do, in the owner's language.
    static Problem said(Problem english) {
        return new Problem(said(english.what()), said(english.why()), said(english.remedy()));
    }

    /// How numbers are written.
    static Locale locale() {
        return bundle.getLocale();
    }

    /// Speaks another language from now on; what is on the screen stays as it is.
    static void speak(Locale language) {
        bundle = of(language);
        sentences = Sentences.of(bundle.getLocale());
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
