package dev.ichor.netboot;

import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The labels of a request: its query, as Go reads it and Matchbox normalises it.
///
/// @param values first value of each parameter; `mac` in lower case with colons, or left out
/// @param rawQuery as sent
record Labels(SequencedMap<String, String> values, String rawQuery) {
    static final String MAC = "mac";

    private static final int EUI64 = 8;
    private static final int INFINIBAND = 20;

    static Labels of(String rawQuery) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (String part : rawQuery.split("&")) {
            int eq = part.indexOf('=');
            Optional<String> key = Percent.decode(eq < 0 ? part : part.substring(0, eq), true);
            Optional<String> value = Percent.decode(eq < 0 ? "" : part.substring(eq + 1), true);
            // A broken escape or a semicolon drops only that parameter.
            if (part.isEmpty() || part.contains(";") || key.isEmpty() || value.isEmpty()) {
                continue;
            }
            all.putIfAbsent(key.get(), value.get());
        }
        return new Labels(normal(all), rawQuery);
    }

    private static SequencedMap<String, String> normal(Map<String, String> raw) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        raw.forEach((k, v) -> {
            if (k.toLowerCase(Locale.ROOT).equals(MAC)) {
                hardware(v).ifPresent(mac -> all.put(k, mac));
            } else {
                all.put(k, v);
            }
        });
        return all;
    }

    /// A hardware address of 6, 8 or 20 octets in lower case with colons.
    static Optional<String> hardware(String text) {
        String t = text.toLowerCase(Locale.ROOT);
        boolean octets = t.matches("[0-9a-f]{2}([:-][0-9a-f]{2})+") && !mixed(t);
        boolean words = t.matches("[0-9a-f]{4}(\\.[0-9a-f]{4})+");
        boolean bare = t.matches("[0-9a-f]{12}");
        if (!octets && !words && !bare) {
            return Optional.empty();
        }
        byte[] b = HexFormat.of().parseHex(t.replaceAll("[:.-]", ""));
        boolean known = b.length == 6 || b.length == EUI64 || b.length == INFINIBAND;
        return known ? Optional.of(HexFormat.ofDelimiter(":").formatHex(b)) : Optional.empty();
    }

    private static boolean mixed(String t) {
        return t.indexOf(':') >= 0 && t.indexOf('-') >= 0;
    }

    /// The machine it says it is, or null.
    @Nullable Mac mac() {
        String text = values.get(MAC);
        return text == null ? null : Mac.parse(text).orElse(null);
    }
}
