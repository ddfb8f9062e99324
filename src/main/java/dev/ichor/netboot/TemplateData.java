package dev.ichor.netboot;

import dev.ichor.netboot.template.Format;
import dev.ichor.netboot.template.TextMap;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The values Matchbox offers to templates and to `/metadata`, and how Go prints them.
final class TemplateData {
    private TemplateData() {}

    /// Metadata, over it the selectors, over both what the request says.
    static Map<String, Object> of(Groups.Rule group, Labels labels) {
        Map<String, Object> all = new LinkedHashMap<>(group.metadata());
        group.selector().forEach((k, v) -> all.put(k.toLowerCase(Locale.ROOT), v));
        all.put(
                "request",
                Map.of("query", new TextMap(labels.values()), "raw_query", labels.rawQuery()));
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
                out.append(name).append('=').append(Format.value(v)).append('\n');
            }
        });
    }

    /// JSON as Go reads it: all numbers are doubles.
    ///
    /// @return empty when one is too large for that
    static Optional<Map<String, Object>> fromJson(Map<String, Object> metadata) {
        boolean[] fits = {true};
        Map<String, Object> all = new LinkedHashMap<>();
        metadata.forEach((k, v) -> all.put(k, value(v, fits)));
        return fits[0] ? Optional.of(all) : Optional.empty();
    }

    private static @Nullable Object value(@Nullable Object json, boolean[] fits) {
        return switch (json) {
            case Number n -> {
                fits[0] &= !Double.isInfinite(n.doubleValue());
                yield n.doubleValue();
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> all = new LinkedHashMap<>();
                map.forEach((k, v) -> all.put(k.toString(), value(v, fits)));
                yield all;
            }
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>();
                list.forEach(v -> all.add(value(v, fits)));
                yield all;
            }
            case null, default -> json;
        };
    }
}
