package dev.ichor.talos;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts with a notation of their own, brought to the one form that Go writes.
final class Notations {
    private static final Pattern PART =
            Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");

    private Notations() {}

    /// What a message calls it.
    static String words(String name) {
        return switch (name) {
            case "bool" -> "true or false";
            case "int" -> "whole number";
            case "float" -> "number";
            case "duration" -> "duration such as 10m";
            default -> "value of its kind";
        };
    }

    /// The value of a text, or null when it is none.
    static @Nullable Object read(String name, String text) {
        return switch (name) {
            case "duration" -> duration(text);
            case "nethelpers.HardwareAddr" ->
                    text.matches("([0-9a-fA-F]{2}:)*[0-9a-fA-F]{2}")
                            ? text.toLowerCase(Locale.ROOT)
                            : null;
            case "netip.Addr", "network.Addr" -> text.matches("[0-9a-fA-F:.%]+") ? text : null;
            case "netip.Prefix", "network.Prefix" ->
                    text.matches("[0-9a-fA-F:.]+/[0-9]{1,3}") ? text : null;
            case "v1alpha1.InstallDiskSizeMatcher" ->
                    text.strip().matches("(>=|<=|>|<|==)? *[0-9.,]+ *([kKmMgGtTpPeE]?i?[bB]?)")
                            ? text.strip()
                            : null;
            case "v1alpha1.FileMode" -> octal(text);
            default -> text;
        };
    }

    /// What is written for a value.
    static Object write(String name, @Nullable Object value) {
        if (name.equals("v1alpha1.FileMode")) {
            return new Raw(value == null || value.equals("") ? "0o0" : value.toString());
        }
        if (name.equals("network.PortRange") || name.endsWith("RoutingTable")) {
            return value instanceof String s && s.matches("[0-9]{1,5}")
                    ? Long.valueOf(s)
                    : orEmpty(value);
        }
        if (name.equals("v1alpha1.ArgValue")) {
            return argument(value);
        }
        return orEmpty(value);
    }

    private static Object argument(@Nullable Object value) {
        if (value instanceof List<?> l) {
            return l.stream().map(v -> new Yaml.Argument(v.toString())).toList();
        }
        return value == null || value.equals("")
                ? new Raw("null")
                : new Yaml.Argument(value.toString());
    }

    /// A value that is written without quotes though it is none of ours.
    private record Raw(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    @SuppressWarnings("NullAway") // an untyped null is a value there
    private static Object orEmpty(@Nullable Object value) {
        return value;
    }

    private static @Nullable String octal(String text) {
        Object number = Scalars.value(new YamlTree.Scalar(text, true, 0));
        return number instanceof Long n ? "0o" + Long.toOctalString(n) : null;
    }

    /// Go's `time.Duration`: `90s` becomes `1m30s`.
    private static @Nullable String duration(String text) {
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return "0s";
        }
        Matcher m = PART.matcher(rest);
        double nanos = 0;
        int end = 0;
        while (m.find() && m.start() == end) {
            nanos += Double.parseDouble(m.group(1)) * unit(m.group(2));
            end = m.end();
        }
        if (end == 0 || end != rest.length()) {
            return null;
        }
        return (text.startsWith("-") ? "-" : "") + written(Math.round(nanos));
    }

    private static double unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
        };
    }

    private static String written(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000_000_000L) {
            return nanos < 1000
                    ? nanos + "ns"
                    : nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
        }
        long minutes = nanos / 60_000_000_000L;
        String seconds = decimal(nanos % 60_000_000_000L, 9) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60
                ? minutes + "m" + seconds
                : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long value, int places) {
        return java.math.BigDecimal.valueOf(value, places).stripTrailingZeros().toPlainString();
    }
}
