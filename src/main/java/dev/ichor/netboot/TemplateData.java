package dev.ichor.netboot;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The values Matchbox offers to templates and to `/metadata`, and how Go prints them.
final class TemplateData {
    private TemplateData() {}

    /// Metadata, over it the selectors, over both what the request says.
    static Map<String, Object> of(Groups.Rule group, Labels labels) {
        Map<String, Object> all = new LinkedHashMap<>(group.metadata());
        group.selector().forEach((k, v) -> all.put(k.toLowerCase(Locale.ROOT), v));
        all.put(
                "request",
                Map.of("query", new TreeMap<>(labels.values()), "raw_query", labels.rawQuery()));
        return all;
    }

    /// `KEY=value` lines; lists and null are left out.
    static String metadata(Map<String, Object> data) {
        StringBuilder out = new StringBuilder();
        lines(out, "", data);
        return out.toString();
    }

    private static void lines(StringBuilder out, String prefix, Map<?, ?> data) {
        data.forEach((k, v) -> {
            String name = prefix + k.toString().toUpperCase(Locale.ROOT);
            if (v instanceof Map<?, ?> m) {
                lines(out, name + "_", m);
            } else if (v instanceof String || v instanceof Number || v instanceof Boolean) {
                out.append(name).append('=').append(print(v)).append('\n');
            }
        });
    }

    /// As Go's `%v`.
    static String print(@Nullable Object value) {
        return switch (value) {
            case null -> "<no value>";
            case Number n -> number(n.doubleValue());
            case Map<?, ?> m ->
                    new TreeMap<>(m)
                            .entrySet().stream()
                                    .map(e -> e.getKey() + ":" + print(e.getValue()))
                                    .collect(Collectors.joining(" ", "map[", "]"));
            case List<?> l ->
                    l.stream().map(TemplateData::print).collect(Collectors.joining(" ", "[", "]"));
            default -> value.toString();
        };
    }

    /// As few digits as tell it apart; with an exponent below 1e-4 and from 1e6 on (Go strconv,
    /// verb g).
    private static String number(double d) {
        BigDecimal digits = new BigDecimal(Double.toString(d)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (d == 0 || exponent >= -4 && exponent < 6) {
            return d == 0 ? "0" : digits.toPlainString();
        }
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        String sign = exponent < 0 ? "-" : "+";
        int e = Math.abs(exponent);
        return mantissa + "e" + sign + (e < 10 ? "0" + e : e);
    }
}
