package dev.ichor.netboot.ignition;

/// Whether systemd would read a unit's text.
final class Units {
    private Units() {}

    /// Sections, and in them lines `NAME=VALUE`; a value goes on after a `\` at the end of a line.
    static boolean readable(String text) {
        int at = 0;
        boolean inside = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#' || c == ';') {
                at = endOfValue(text, at);
            } else if (c == '[') {
                int close = text.indexOf(']', at);
                int end = close < 0 ? -1 : endOfLine(text, close);
                if (close < 0 || !text.substring(close + 1, end).isBlank()) {
                    return false;
                }
                inside = true;
                at = end + 1;
            } else if (!inside || Character.isWhitespace(c)) {
                at++;
            } else {
                int equals = text.indexOf('=', at);
                if (equals < 0 || text.substring(at, equals).matches("(?s).*[\r\n].*")) {
                    return false;
                }
                at = endOfValue(text, equals + 1);
            }
        }
        return true;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int endOfValue(String text, int from) {
        int end = endOfLine(text, from);
        while (end < text.length() && end > from && text.charAt(end - 1) == '\\') {
            end = endOfLine(text, end + 1);
        }
        return end + 1;
    }
}
