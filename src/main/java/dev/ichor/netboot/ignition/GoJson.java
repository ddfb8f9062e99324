package dev.ichor.netboot.ignition;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Writes a config as Go's `encoding/json` writes Ignition's structs: objects are always there,
/// fields that are not set and empty lists are left out.
final class GoJson {
    private GoJson() {}

    static String write(Part config) {
        StringBuilder out = new StringBuilder();
        object(out, config);
        return out.toString();
    }

    private static void object(StringBuilder out, Part part) {
        String between = "{";
        for (Schema.Field f : Schema.fields(part.type())) {
            Object value = toWrite(f, part.values().get(f.name()));
            if (value != null) {
                out.append(between);
                quoted(out, f.name());
                out.append(':');
                value(out, value);
                between = ",";
            }
        }
        out.append(between.equals("{") ? "{}" : "}");
    }

    private static @Nullable Object toWrite(Schema.Field f, @Nullable Object value) {
        if (f.list()) {
            return value instanceof List<?> l && !l.isEmpty() ? l : null;
        }
        if (f.omitZero() && (Long.valueOf(0).equals(value) || "".equals(value))) {
            return null;
        }
        if (value != null) {
            return value;
        }
        return f.kind() == Schema.Kind.OBJECT ? Part.empty(f.type()) : f.always() ? "" : null;
    }

    private static void value(StringBuilder out, Object value) {
        switch (value) {
            case Part part -> object(out, part);
            case String text -> quoted(out, text);
            case List<?> list -> {
                String between = "[";
                for (Object one : list) {
                    out.append(between);
                    value(out, one);
                    between = ",";
                }
                out.append(']');
            }
            default -> out.append(value);
        }
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> escaped(out, c);
                default -> {
                    if (c < ' ') {
                        escaped(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escaped(StringBuilder out, char c) {
        out.append("\\u%04x".formatted((int) c));
    }
}
