package dev.ichor.netboot.template;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Values as Go's `fmt` prints them with `%v`.
public final class Format {
    /// By their UTF-8 bytes, as Go compares text.
    static final Comparator<String> BYTES =
            (a, b) ->
                    Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /// The shortest form has an exponent from 1e6 on.
    private static final int SHORTEST_LIMIT = 6;

    private Format() {}

    /// One value, `%v`.
    public static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Double d -> shortest(d);
            case List<?> list -> elements(list, Format::value);
            case Map<?, ?> map -> entries(map, Format::value);
            default -> value.toString();
        };
    }

    /// The entries of a map in the order of their keys.
    static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        map.keySet().stream()
                .map(Object::toString)
                .sorted(BYTES)
                .forEach(k -> all.put(k, map.get(k)));
        return all;
    }

    static String elements(List<?> list, Function<@Nullable Object, String> one) {
        return list.stream().map(one).collect(Collectors.joining(" ", "[", "]"));
    }

    static String entries(Map<?, ?> map, Function<@Nullable Object, String> one) {
        return sorted(map).entrySet().stream()
                .map(e -> one.apply(e.getKey()) + ":" + one.apply(e.getValue()))
                .collect(Collectors.joining(" ", "map[", "]"));
    }

    /// `fmt.Sprint`: blanks between values of which neither is a text.
    static String print(List<? extends @Nullable Object> values) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            Object v = values.get(i);
            boolean apart =
                    i > 0 && !(v instanceof String) && !(values.get(i - 1) instanceof String);
            out.append(apart ? " " : "").append(value(v));
        }
        return out.toString();
    }

    /// `fmt.Sprintln`.
    static String println(List<? extends @Nullable Object> values) {
        return values.stream().map(Format::value).collect(Collectors.joining(" ", "", "\n"));
    }

    /// As few digits as tell it apart (Go strconv, verb g, shortest precision).
    private static String shortest(double d) {
        return general(d, new BigDecimal(Double.toString(d)), SHORTEST_LIMIT);
    }

    /// `%g`, with an exponent from `limit` on.
    static String general(double d, BigDecimal digits, int limit) {
        if (d == 0) {
            return 1 / d < 0 ? "-0" : "0";
        }
        BigDecimal stripped = digits.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        return exponent >= -4 && exponent < limit
                ? stripped.toPlainString()
                : scientific(stripped, exponent, -1);
    }

    /// @param places behind the point, or −1 for as many as there are
    static String scientific(BigDecimal digits, int exponent, int places) {
        BigDecimal mantissa = digits.movePointLeft(exponent);
        String shown =
                places < 0 ? mantissa.toPlainString() : mantissa.setScale(places).toPlainString();
        int e = Math.abs(exponent);
        return shown + "e" + (exponent < 0 ? "-" : "+") + (e < 10 ? "0" + e : e);
    }

    /// A Go type's name.
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case String _ -> "string";
            case Long _ -> "int";
            case Double _ -> "float64";
            case Boolean _ -> "bool";
            case TextMap _ -> "map[string]string";
            case Map<?, ?> _ -> "map[string]interface {}";
            default -> "[]interface {}";
        };
    }

    /// Go's `unicode.IsPrint`.
    static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /// Go's `strconv.Quote`.
    static String quote(String text, char quote) {
        StringBuilder out = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> out.append(quoted(c, quote)));
        return out.append(quote).toString();
    }

    private static String quoted(int c, char quote) {
        return switch (c) {
            case 7 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 11 -> "\\v";
            case '\\' -> "\\\\";
            default -> {
                if (c == quote) {
                    yield "\\" + quote;
                }
                if (printable(c)) {
                    yield Character.toString(c);
                }
                yield c < ' ' || c == 0x7f
                        ? String.format("\\x%02x", c)
                        : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
            }
        };
    }
}
