package dev.ichor.netboot.template;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Go's `fmt.Sprintf`. Argument indexes (`%[1]d`), widths from arguments (`%*d`), `%#v` and
/// hexadecimal floats are not understood here.
final class Printf {
    private static final int WIDEST = 1000;

    private final int line;
    private final String format;
    private final List<? extends @Nullable Object> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;

    /// @param width −1 when none was given
    /// @param precision −1 when none was given
    private record Verb(String flags, int width, int precision, int verb) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }
    }

    private Printf(int line, String format, List<? extends @Nullable Object> arguments) {
        this.line = line;
        this.format = format;
        this.arguments = arguments;
    }

    static String format(int line, String format, List<? extends @Nullable Object> arguments)
            throws TemplateException {
        return new Printf(line, format, arguments).run();
    }

    private String run() throws TemplateException {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int end = percent < 0 ? format.length() : percent;
            out.append(format, at, end);
            at = end + 1;
            if (percent >= 0) {
                verb();
            }
        }
        if (used < arguments.size()) {
            out.append("%!(EXTRA ");
            for (int i = used; i < arguments.size(); i++) {
                Object a = arguments.get(i);
                out.append(i > used ? ", " : "");
                out.append(a == null ? "<nil>" : Format.type(a) + "=" + Format.value(a));
            }
            out.append(')');
        }
        return out.toString();
    }

    private void verb() throws TemplateException {
        int from = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(from, at);
        int width = number();
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = Math.max(0, number());
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (refused(flags, verb)) {
            throw new TemplateException(
                    line, "printf: %" + format.substring(from, at) + " is not understood here");
        }
        if (verb == 'v') {
            flags = flags.replace("+", "");
        }
        if (verb == '%') {
            out.append('%');
        } else if (used >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            out.append(one(new Verb(flags, width, precision, verb), arguments.get(used++)));
        }
    }

    private boolean refused(String flags, int verb) {
        boolean odd =
                switch (verb) {
                    case '[', '*', 'p' -> true;
                    case 'v', 'U' -> flags.contains("#");
                    case 'q' -> flags.contains("+");
                    case 'x', 'X', 'b' -> used < arguments.size() && floats(arguments.get(used));
                    default -> false;
                };
        return odd || flags.contains("#") && used < arguments.size() && floats(arguments.get(used));
    }

    private static boolean floats(@Nullable Object value) {
        return switch (value) {
            case Double _ -> true;
            case List<?> list -> list.stream().anyMatch(Printf::floats);
            case Map<?, ?> map -> map.values().stream().anyMatch(Printf::floats);
            case null, default -> false;
        };
    }

    /// @return −1 when there is none
    private int number() throws TemplateException {
        int from = at;
        while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
            at++;
        }
        if (from == at) {
            return -1;
        }
        int value = at - from > 4 ? WIDEST + 1 : Integer.parseInt(format.substring(from, at));
        if (value > WIDEST) {
            throw new TemplateException(line, "printf: too wide");
        }
        return value;
    }

    private static String one(Verb v, @Nullable Object value) {
        if (v.verb() == 'T') {
            return pad(v, Format.type(value));
        }
        return switch (value) {
            case null ->
                    v.verb() == 'v'
                            ? pad(v, "<nil>")
                            : "%!" + Character.toString(v.verb()) + "(<nil>)";
            case List<?> list -> Format.elements(list, e -> inner(v, e));
            case Map<?, ?> map -> Format.entries(map, e -> inner(v, e));
            case Boolean b when "vt".indexOf(v.verb()) >= 0 -> pad(v, b.toString());
            case String s -> text(v, s);
            case Long n -> integer(v, n);
            case Double d -> floating(v, d);
            default -> bad(v, value);
        };
    }

    private static String inner(Verb v, @Nullable Object value) {
        return value == null ? "<nil>" : one(v, value);
    }

    /// Go says what does not fit, and shows the value with the same flags.
    private static String bad(Verb v, Object value) {
        Verb plain = new Verb(v.flags(), v.width(), v.precision(), 'v');
        String shown = one(plain, value);
        return "%!" + Character.toString(v.verb()) + "(" + Format.type(value) + "=" + shown + ")";
    }

    private static String text(Verb v, String s) {
        String cut =
                v.precision() >= 0 && s.codePointCount(0, s.length()) > v.precision()
                        ? s.substring(0, s.offsetByCodePoints(0, v.precision()))
                        : s;
        return switch (v.verb()) {
            case 'v', 's' -> pad(v, cut);
            case 'q' ->
                    pad(
                            v,
                            v.has('#') && !cut.contains("`") && plain(cut)
                                    ? "`" + cut + "`"
                                    : Format.quote(cut, '"'));
            case 'x' -> pad(v, hex(v, s, HexFormat.of()));
            case 'X' -> pad(v, hex(v, s, HexFormat.of().withUpperCase()));
            default -> bad(v, s);
        };
    }

    private static boolean plain(String s) {
        return s.codePoints().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f && c != 0xfeff);
    }

    private static String hex(Verb v, String s, HexFormat hex) {
        byte[] all = s.getBytes(StandardCharsets.UTF_8);
        int most = v.precision() >= 0 ? Math.min(v.precision(), all.length) : all.length;
        String before = v.has('#') && most > 0 ? v.verb() == 'x' ? "0x" : "0X" : "";
        HexFormat spaced = v.has(' ') ? hex.withDelimiter(" " + before) : hex;
        return before + spaced.formatHex(all, 0, most);
    }

    private static String integer(Verb v, long n) {
        String magnitude =
                switch (v.verb()) {
                    case 'v', 'd' -> Long.toUnsignedString(Math.abs(n));
                    case 'b' -> Long.toBinaryString(Math.abs(n));
                    case 'o', 'O' -> Long.toOctalString(Math.abs(n));
                    case 'x' -> Long.toHexString(Math.abs(n));
                    case 'X' -> Long.toHexString(Math.abs(n)).toUpperCase(Locale.ROOT);
                    default -> "";
                };
        if (magnitude.isEmpty()) {
            int c = Character.isValidCodePoint((int) n) && n == (int) n ? (int) n : 0xfffd;
            return switch (v.verb()) {
                case 'c' -> pad(v, Character.toString(c));
                case 'q' -> pad(v, Format.quote(Character.toString(c), '\''));
                case 'U' -> pad(v, String.format("U+%04X", n));
                default -> bad(v, n);
            };
        }
        if (v.precision() == 0 && n == 0) {
            return " ".repeat(Math.max(0, v.width()));
        }
        String filled = "0".repeat(Math.max(0, v.precision() - magnitude.length())) + magnitude;
        String base =
                switch (v.verb()) {
                    case 'O' -> "0o";
                    case 'b' -> v.has('#') ? "0b" : "";
                    case 'o' -> v.has('#') && !filled.startsWith("0") ? "0" : "";
                    case 'x' -> v.has('#') ? "0x" : "";
                    case 'X' -> v.has('#') ? "0X" : "";
                    default -> "";
                };
        String sign = n < 0 ? "-" : v.has('+') ? "+" : v.has(' ') ? " " : "";
        return signed(v, sign, base + filled, v.precision() < 0, base.length());
    }

    private static String floating(Verb v, double d) {
        BigDecimal exact = new BigDecimal(Math.abs(d));
        int places = v.precision() < 0 ? 6 : v.precision();
        String shown =
                switch (v.verb()) {
                    case 'f', 'F' -> exact.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
                    case 'e', 'E' -> exponent(exact, places);
                    case 'v', 'g', 'G' -> general(v, Math.abs(d), exact);
                    default -> "";
                };
        if (shown.isEmpty()) {
            return bad(v, d);
        }
        boolean negative = d < 0 || d == 0 && 1 / d < 0;
        String sign = negative ? "-" : v.has('+') ? "+" : v.has(' ') ? " " : "";
        boolean upper = "EG".indexOf(v.verb()) >= 0;
        return signed(v, sign, upper ? shown.toUpperCase(Locale.ROOT) : shown, true, 0);
    }

    private static String exponent(BigDecimal exact, int places) {
        if (exact.signum() == 0) {
            return Format.scientific(BigDecimal.ZERO, 0, places);
        }
        BigDecimal rounded = exact.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
        return Format.scientific(rounded, rounded.precision() - rounded.scale() - 1, places);
    }

    private static String general(Verb v, double d, BigDecimal exact) {
        if (v.precision() < 0) {
            return Format.value(d);
        }
        int digits = Math.max(1, v.precision());
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return Format.general(d, rounded, digits);
    }

    /// @param zeros whether the flag 0 counts
    /// @param base length of what stays before the zeros
    private static String signed(Verb v, String sign, String digits, boolean zeros, int base) {
        if (zeros && v.has('0') && !v.has('-')) {
            int missing = v.width() - sign.length() - digits.length() + base;
            String filled = "0".repeat(Math.max(0, missing)) + digits.substring(base);
            return sign + digits.substring(0, base) + filled;
        }
        return pad(new Verb(v.flags().replace("0", ""), v.width(), -1, v.verb()), sign + digits);
    }

    private static String pad(Verb v, String text) {
        int missing = v.width() - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        if (v.has('-')) {
            return text + " ".repeat(missing);
        }
        return (v.has('0') ? "0" : " ").repeat(missing) + text;
    }
}
