package dev.ichor.artifacts;

import dev.ichor.cluster.TalosVersion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// The resource `talos.sha256`: `HEX␠␠VERSION/NAME` a line, as `sha256sum` writes it. Read when
/// first asked, since most commands never ask.
final class ShippedSums {
    private static final class Read {
        static final Sums SUMS = read();
    }

    private ShippedSums() {}

    static Optional<String> sha256(TalosVersion talos, String name) {
        return Optional.ofNullable(Read.SUMS.byName().get(talos + "/" + name));
    }

    private static Sums read() {
        try (InputStream in =
                Objects.requireNonNull(
                        ShippedSums.class.getResourceAsStream("talos.sha256"), "talos.sha256")) {
            return Sums.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
    }
}
