package dev.ichor.netboot;

/// Text inside HTML.
final class Html {
    private Html() {}

    /// As Go's `html.EscapeString`.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }
}
