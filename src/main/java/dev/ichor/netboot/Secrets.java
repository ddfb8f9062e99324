package dev.ichor.netboot;

import dev.ichor.boot.Content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// Recognises files that must never be handed out, whatever they are called: private keys and admin
/// configs.
final class Secrets {
    static final String REFUSAL =
            "It holds a private key or an admin config, so it is not handed out."
                    + " Take it out of the served folder.";

    /// Kernels and disk images are larger; keys and configs are not.
    private static final int MAX_SIZE = 1 << 20;

    /// PEM keys (RFC 7468), the client key and the context of a kubeconfig, an age identity.
    private static final Pattern SIGNS =
            Pattern.compile("PRIVATE KEY-----|client-key-data|current-context|AGE-SECRET-KEY-1");

    /// A talosconfig has all of these.
    private static final List<Pattern> TALOSCONFIG =
            List.of(
                    Pattern.compile("\\bcontexts[\"']?\\s*:"),
                    Pattern.compile("\\bcrt[\"']?\\s*:"),
                    Pattern.compile("\\bkey[\"']?\\s*:"));

    private Secrets() {}

    /// @throws IOException when it cannot be read
    static boolean inside(Content content) throws IOException {
        if (content.size() > MAX_SIZE) {
            return false;
        }
        try (InputStream in = content.open()) {
            String text = new String(in.readNBytes(MAX_SIZE), StandardCharsets.ISO_8859_1);
            return SIGNS.matcher(text).find()
                    || TALOSCONFIG.stream().allMatch(sign -> sign.matcher(text).find());
        }
    }
}
