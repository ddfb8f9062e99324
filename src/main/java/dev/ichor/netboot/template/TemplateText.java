package dev.ichor.netboot.template;

/// A literal text as a template that renders to it. Both our server and a Matchbox answer the text
/// itself then, byte for byte.
public final class TemplateText {
    private static final String OPEN = "{{";
    private static final String QUOTED = "{{\"{{\"}}";

    private TemplateText() {}

    /// The template of a text: each `{{` becomes an action that prints it. A blank before `{{-` or
    /// a brace after `{{` needs nothing more, for the action itself trims nothing and is closed
    /// first.
    public static String escape(String text) {
        return text.replace(OPEN, QUOTED);
    }

    /// What [#escape] was given.
    public static String unescape(String template) {
        return template.replace(QUOTED, OPEN);
    }
}
