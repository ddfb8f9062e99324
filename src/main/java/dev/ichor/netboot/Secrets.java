package dev.ichor.netboot;

import dev.ichor.boot.Content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Recognises files that must never be handed out, whatever they are called: private keys and admin
/// configs.
final class Secrets {
    static final String PRIVATE_KEY =
            "It holds a private key, so it is not handed out. Take it out of the served folder.";

    static final String ADMIN =
            "It is an admin config, so it is not handed out. Take it out of the served folder.";

    static final String NOT_BY_TFTP =
            "It is a machine config: it is handed out at /generic only, not by TFTP.";

    static final String ONLY_GATED =
            "It is a machine config, and each machine has to be approved: it is handed out at"
                    + " /generic only, or to all with --approve all.";

    /// Kernels and disk images are larger; keys and configs are not.
    private static final int MAX_SIZE = 1 << 20;

    /// PEM keys (RFC 7468), an age identity.
    private static final Pattern KEY = Pattern.compile("PRIVATE KEY-----|AGE-SECRET-KEY-1");

    /// The client key and the context of a kubeconfig.
    private static final Pattern KUBECONFIG = Pattern.compile("client-key-data|current-context");

    private static final Pattern MACHINE = Pattern.compile("(?m)^machine:");

    /// A talosconfig has all of these.
    private static final List<Pattern> TALOSCONFIG =
            List.of(
                    Pattern.compile("\\bcontexts[\"']?\\s*:"),
                    Pattern.compile("\\bcrt[\"']?\\s*:"),
                    Pattern.compile("\\bkey[\"']?\\s*:"));

    private Secrets() {}

    /// Why it is never handed out, or empty.
    ///
    /// @throws IOException when it cannot be read
    static Optional<String> refusal(Content content) throws IOException {
        String text = text(content);
        if (KUBECONFIG.matcher(text).find()
                || TALOSCONFIG.stream().allMatch(sign -> sign.matcher(text).find())) {
            return Optional.of(ADMIN);
        }
        return KEY.matcher(text).find() ? Optional.of(PRIVATE_KEY) : Optional.empty();
    }

    /// Why it is not handed out by TFTP, which knows no gate, or empty.
    ///
    /// @throws IOException when it cannot be read
    static Optional<String> tftpRefusal(Content content) throws IOException {
        return machineConfig(content) ? Optional.of(NOT_BY_TFTP) : refusal(content);
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
