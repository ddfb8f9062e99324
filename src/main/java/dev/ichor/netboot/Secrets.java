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

    static final String ONLY_GATED =
            "It is a machine config, and each machine has to be approved: it is handed out at"
                    + " /generic only, or to all with --approve all.";

    /// Kernels and disk images are larger; keys and configs are not.
    private static final int MAX_SIZE = 1 << 20;

    /// PEM keys (RFC 7468), the client key and the context of a kubeconfig, an age identity.
    private static final Pattern SIGNS =
            Pattern.compile("PRIVATE KEY-----|client-key-data|current-context|AGE-SECRET-KEY-1");

    private static final Pattern MACHINE = Pattern.compile("(?m)^machine:");

    /// A talosconfig has all of these.
    private static final List<Pattern> TALOSCONFIG =
            List.of(
                    Pattern.compile("\\bcontexts[\"']?\\s*:"),
                    Pattern.compile("\\bcrt[\"']?\\s*:"),
                    Pattern.compile("\\bkey[\"']?\\s*:"));

    private Secrets() {}

    /// @throws IOException when it cannot be read
    static boolean inside(Content content) throws IOException {
        String text = text(content);
        return SIGNS.matcher(text).find()
                || TALOSCONFIG.stream().allMatch(sign -> sign.matcher(text).find());
    }

    /// Whether it is a Talos machine config, which holds the cluster's keys.
    ///
    /// @throws IOException when it cannot be read
    static boolean machineConfig(Content content) throws IOException {
        String text = text(content);
        return MACHINE.matcher(text).find() && text.contains("token:");
    }

    private static String text(Content content) throws IOException {
        if (content.size() > MAX_SIZE) {
            return "";
        }
        try (InputStream in = content.open()) {
            return new String(in.readNBytes(MAX_SIZE), StandardCharsets.ISO_8859_1);
        }
    }
}
