package dev.ichor.netboot.template;

import java.nio.charset.StandardCharsets;

/// Text inside other languages, escaped as Go's `html`, `js` and `urlquery` do.
final class Escapes {
    private static final String UNRESERVED = "-_.~";
    private static final String HEX = "0123456789ABCDEF";

    private Escapes() {}

    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("\0", "\uFFFD")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }

    static String js(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> out.append(js(c)));
        return out.toString();
    }

    private static String js(int c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\'' -> "\\'";
            case '"' -> "\\\"";
            case '<' -> "\\u003C";
            case '>' -> "\\u003E";
            case '&' -> "\\u0026";
            case '=' -> "\\u003D";
            default ->
                    c < ' ' || c >= 0x80 && !Format.printable(c)
                            ? String.format("\\u%04X", c)
                            : Character.toString(c);
        };
    }

    static String query(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c == ' ') {
                out.append('+');
            } else if (c < 0x80 && Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }
}
