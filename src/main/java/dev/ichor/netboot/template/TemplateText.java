package dev.ichor.netboot.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A literal text as a template that renders to it. Both our server and a Matchbox answer the text
/// itself then, byte for byte.
public final class TemplateText {
    private static final String OPEN = "{{";
    private static final String QUOTED = "{{\"{{\"}}";

    private static final Pattern BRACES =
            Pattern.compile("\\{\\{-? *(?:\"\\{\\{\"|`\\{\\{`) *-?}}");

    private TemplateText() {}

    /// The template of a text: each `{{` becomes an action that prints it. A blank before `{{-` or
    /// a brace after `{{` needs nothing more, for the action itself trims nothing and is closed
    /// first.
    public static String escape(String text) {
        return text.replace(OPEN, QUOTED);
    }

    /// What [#escape] was given, or what an owner escaped by hand with blanks or back quotes.
    public static String unescape(String template) {
        return BRACES.matcher(template).replaceAll(Matcher.quoteReplacement(OPEN));
    }
}
