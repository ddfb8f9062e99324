package dev.ichor.netboot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Percent escapes in paths and queries (RFC 3986 section 2.1).
final class Percent {
    private static final String PLAIN = "-_.~$&+,/:;=@!'()*";
    private static final String HEX = "0123456789ABCDEF";

    private Percent() {}

    /// @param query whether a plus is a blank
    /// @return empty when an escape is broken
    static Optional<String> decode(String text, boolean query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                boolean whole = text.length() - i > 2;
                int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(query && c == '+' ? ' ' : c);
            }
        }
        return Optional.of(out.toString(StandardCharsets.UTF_8));
    }

    /// A file name in a link, escaped as Go escapes a path.
    static String encode(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean letter = c < 0x80 && Character.isLetterOrDigit(c);
            if (letter || PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        // A colon in the first part would look like a scheme (RFC 3986 section 4.2).
        return name.split("/", 2)[0].indexOf(':') >= 0 ? "./" + out : out.toString();
    }
}
