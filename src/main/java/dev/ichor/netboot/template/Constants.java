package dev.ichor.netboot.template;

import java.util.regex.Pattern;

/// Constants as Go writes them.
final class Constants {
    private static final Pattern INTEGER =
            Pattern.compile("[+-]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)");
    private static final Pattern FLOAT =
            Pattern.compile("[+-]?([0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)([eE][+-]?[0-9]+)?");
    private static final String PLAIN = "abfnrtv\\";
    private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\";

    private Constants() {}

    /// A `Long`, or a `Double` when it is written with a point or an exponent.
    static Object number(Token token) throws TemplateException {
        String text = token.value();
        boolean doubled = text.contains("__") || text.endsWith("_");
        try {
            if (!doubled && INTEGER.matcher(text).matches()) {
                return integer(text.replace("_", ""));
            }
            if (!doubled && FLOAT.matcher(text).matches()) {
                double d = Double.parseDouble(text.replace("_", ""));
                if (!Double.isInfinite(d)) {
                    return d;
                }
            }
        } catch (NumberFormatException e) {
            throw new TemplateException(token.line(), "number too large: " + text);
        }
        throw new TemplateException(token.line(), "number not understood: " + text);
    }

    private static long integer(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        String sign = text.startsWith("-") ? "-" : "";
        if (digits.length() == 1 || digits.charAt(0) != '0') {
            return Long.parseLong(sign + digits);
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> Long.parseLong(sign + digits.substring(2), 16);
            case 'b', 'B' -> Long.parseLong(sign + digits.substring(2), 2);
            case 'o', 'O' -> Long.parseLong(sign + digits.substring(2), 8);
            default -> Long.parseLong(sign + digits, 8);
        };
    }

    /// What a quoted text means (Go specification, "String literals").
    static String unquoted(String inner, char quote, int line) throws TemplateException {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char next = ++i < inner.length() ? inner.charAt(i) : ' ';
            int known = PLAIN.indexOf(next);
            int digits = next == 'x' ? 2 : next == 'u' ? 4 : next == 'U' ? 8 : 0;
            if (known >= 0 || next == quote) {
                out.append(known >= 0 ? MEANT.charAt(known) : quote);
            } else if (digits > 0) {
                out.appendCodePoint(hex(inner, i + 1, digits, line));
                i += digits;
            } else {
                throw new TemplateException(line, "escape not understood: \\" + next);
            }
        }
        return out.toString();
    }

    private static int hex(String text, int from, int digits, int line) throws TemplateException {
        String part = text.substring(from, Math.min(text.length(), from + digits));
        if (part.length() == digits && part.matches("[0-9a-fA-F]+")) {
            long value = Long.parseLong(part, 16);
            // Above, \x names a byte, which need not be text.
            if (digits == 2 ? value < 0x80 : Character.isValidCodePoint((int) value)) {
                return (int) value;
            }
        }
        throw new TemplateException(line, "escape not understood: " + part);
    }
}
