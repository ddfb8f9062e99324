package dev.ichor.discovery;

import dev.ichor.cluster.Mac;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Who made a network card, by the first 24 bits of its MAC.
public final class Vendors {
    private static final Map<Integer, String> BY_PREFIX = load();

    private Vendors() {}

    /// The maker's short name, or empty when it is not one of ours.
    public static String of(Mac mac) {
        return BY_PREFIX.getOrDefault(mac.oui(), "");
    }

    private static Map<Integer, String> load() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        Vendors.class.getResourceAsStream("vendors.txt")),
                                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(": ", 2))
                    .flatMap(line ->
                            Arrays.stream(line[1].split(" "))
                                    .map(p -> Map.entry(Integer.parseInt(p, 16), line[0])))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
