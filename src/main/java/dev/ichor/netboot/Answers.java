package dev.ichor.netboot;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Ip4;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What Matchbox answers from a tree, without a server: for comparison.
public final class Answers {
    private Answers() {}

    /// The text it gives to a GET without headers.
    ///
    /// @param target path and query, as `/ipxe?mac=52:54:00:a1:9c:ae`
    /// @return empty when it is no 200, or a file
    /// @throws IOException when the tree cannot be read
    public static Optional<String> of(BootTree tree, String target) throws IOException {
        HttpRequest get = new HttpRequest("GET", target, 1, Map.of(), Ip4.NONE);
        HttpResponse response = new Matchbox(tree, (file, odd) -> {}).answer(get, get.rawPath());
        return response.status() == 200 && response.body() instanceof HttpBody.Bytes text
                ? Optional.of(new String(text.bytes(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
