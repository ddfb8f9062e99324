package dev.ichor.netboot;

import dev.ichor.boot.Content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final int MAX_LATELY = 256;

    /// PEM keys (RFC 7468), an age identity.
    private static final List<String> KEY = List.of("PRIVATE KEY-----", "AGE-SECRET-KEY-1");

    /// The client key and the context of a kubeconfig.
    private static final List<String> KUBECONFIG = List.of("client-key-data", "current-context");

    private static final Pattern MACHINE = Pattern.compile("(?m)^machine:");

    /// A talosconfig has all of these.
    private static final List<Pattern> TALOSCONFIG =
            List.of(
                    Pattern.compile("\\bcontexts[\"']?\\s*:"),
                    Pattern.compile("\\bcrt[\"']?\\s*:"),
                    Pattern.compile("\\bkey[\"']?\\s*:"));

    private Secrets() {}

    /// What a file holds.
    private record Found(boolean machineConfig, Optional<String> refusal) {}

    /// What was found in the files asked for lately, as they were then: to read a megabyte for each
    /// request would cost more than to send it.
    private static final Map<Content, Found> LATELY =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Content, Found> eldest) {
                            return size() > MAX_LATELY;
                        }
                    });

    /// Why it is never handed out, or empty.
    ///
    /// @throws IOException when it cannot be read
    static Optional<String> refusal(Content content) throws IOException {
        return found(content).refusal();
    }

    /// Why it is not handed out by TFTP, which knows no gate, or empty.
    ///
    /// @throws IOException when it cannot be read
    static Optional<String> tftpRefusal(Content content) throws IOException {
        Found found = found(content);
        return found.machineConfig() ? Optional.of(NOT_BY_TFTP) : found.refusal();
    }

    /// Whether it is a Talos machine config, which holds the cluster's keys.
    ///
    /// @throws IOException when it cannot be read
    static boolean machineConfig(Content content) throws IOException {
        return found(content).machineConfig();
    }

    private static Found found(Content content) throws IOException {
        if (!(content instanceof Content.File)) {
            return search(content);
        }
        Found known = LATELY.get(content);
        if (known == null) {
            known = search(content);
            LATELY.put(content, known);
        }
        return known;
    }

    private static Found search(Content content) throws IOException {
        String text = text(content);
        // Plain search first: patterns are slow over a large binary.
        boolean machine = text.contains("token:") && MACHINE.matcher(text).find();
        boolean talosconfig =
                text.contains("contexts")
                        && TALOSCONFIG.stream().allMatch(sign -> sign.matcher(text).find());
        if (talosconfig || KUBECONFIG.stream().anyMatch(text::contains)) {
            return new Found(machine, Optional.of(ADMIN));
        }
        return new Found(
                machine,
                KEY.stream().anyMatch(text::contains)
                        ? Optional.of(PRIVATE_KEY)
                        : Optional.empty());
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
