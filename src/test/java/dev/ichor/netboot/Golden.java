package dev.ichor.netboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/// Packets captured from real peers, as hex text in the test resources.
public final class Golden {
    private Golden() {}

    /// The bytes of `netboot/NAME.hex`; lines with `#` are notes.
    public static byte[] bytes(String name) {
        String path = "/netboot/" + name + ".hex";
        try (InputStream in =
                Objects.requireNonNull(Golden.class.getResourceAsStream(path), path)) {
            String hex =
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .filter(l -> !l.startsWith("#"))
                            .collect(Collectors.joining());
            return HexFormat.of().parseHex(hex);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
