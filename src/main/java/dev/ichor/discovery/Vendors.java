package dev.ichor.discovery;

import dev.ichor.cluster.Mac;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Who made a network card, by the prefix of its MAC (IEEE blocks of 24, 28 and 36 bits).
public final class Vendors {
    /// Lengths of a prefix in hex digits, the narrowest block first: a large block that is parted
    /// into small ones has no maker of its own.
    private static final int[] LENGTHS = {9, 7, 6};

    private static final Map<String, String> BY_PREFIX = load();

    private Vendors() {}

    /// The maker's short name, or empty when nobody registered the prefix.
    public static String of(Mac mac) {
        String digits = mac.toString().replace(":", "");
        for (int length : LENGTHS) {
            String name = BY_PREFIX.get(digits.substring(0, length));
            if (name != null) {
                return name;
            }
        }
        return "";
    }

    private static Map<String, String> load() {
        Map<String, String> all = HashMap.newHashMap(50_000);
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        Vendors.class.getResourceAsStream("vendors.txt")),
                                StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(all, line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static void add(Map<String, String> all, String line) {
        int colon = line.indexOf(": ");
        String name = line.substring(0, colon);
        for (String prefix : line.substring(colon + 2).split(" ")) {
            all.put(prefix, name);
        }
    }
}
