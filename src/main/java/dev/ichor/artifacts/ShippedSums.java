package dev.ichor.artifacts;

import dev.ichor.cluster.TalosVersion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// The resource `talos.sha256`: `HEX␠␠VERSION/NAME` a line, as `sha256sum` writes it.
record ShippedSums(Sums sums) implements Known {
    static ShippedSums load() {
        try (InputStream in =
                Objects.requireNonNull(
                        ShippedSums.class.getResourceAsStream("talos.sha256"), "talos.sha256")) {
            return new ShippedSums(
                    Sums.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
    }

    @Override
    public Optional<String> sha256(TalosVersion talos, String name) {
        return Optional.ofNullable(sums.byName().get(talos + "/" + name));
    }
}
