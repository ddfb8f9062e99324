package dev.ichor.netboot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ichor.boot.Content;

import java.io.IOException;
import java.io.InputStream;
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

    /// Larger files are looked at in pieces of this size; of a binary only the first.
    private static final int PIECE = 1 << 20;

    /// A piece begins with the end of the one before, for what lies across.
    private static final int OVERLAP = 4 << 10;

    /// A zero byte this early tells a binary: a kernel, a packed file, a disk image.
    private static final int HEAD = 8 << 10;

    private static final int MAX_LATELY = 256;

    /// PEM keys of every label (RFC 7468), OpenPGP's, an age identity.
    private static final List<String> KEY =
            List.of("PRIVATE KEY-----", "PRIVATE KEY BLOCK-----", "AGE-SECRET-KEY-1");

    /// `PRIVATE KEY` within base64, by where it begins in a group of three bytes.
    private static final List<String> PACKED_KEY =
            List.of("UFJJVkFURSBLRV", "BSSVZBVEUgS0VZ", "QUklWQVRFIEtFW");

    /// The client key and the context of a kubeconfig.
    private static final List<String> KUBECONFIG = List.of("client-key-data", "current-context");

    private static final Pattern MACHINE =
            Pattern.compile("(?m)(^|[{,])\\s*[\"']?machine[\"']?\\s*:");

    /// A talosconfig has all of these.
    private static final List<Pattern> TALOSCONFIG =
            List.of(
                    Pattern.compile("\\bcontexts[\"']?\\s*:"),
                    Pattern.compile("\\bcrt[\"']?\\s*:"),
                    Pattern.compile("\\bkey[\"']?\\s*:"));

    private Secrets() {}

    /// What a file holds.
    private record Found(boolean machineConfig, Optional<String> refusal) {
        Found and(Found other) {
            return new Found(machineConfig || other.machineConfig, refusal.or(other::refusal));
        }
    }

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
        Found all = new Found(false, Optional.empty());
        byte[] piece = new byte[(int) Math.min(PIECE, content.size())];
        try (InputStream in = content.open()) {
            int kept = 0;
            int more = in.readNBytes(piece, 0, piece.length);
            boolean binary = binary(piece, more);
            while (more > 0) {
                all = all.and(search(new String(piece, 0, kept + more, ISO_8859_1)));
                if (binary || kept + more < PIECE || all.refusal().isPresent()) {
                    break;
                }
                kept = OVERLAP;
                System.arraycopy(piece, piece.length - kept, piece, 0, kept);
                more = in.readNBytes(piece, kept, piece.length - kept);
            }
        }
        return all;
    }

    private static boolean binary(byte[] start, int length) {
        for (int i = 0; i < Math.min(HEAD, length); i++) {
            if (start[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static Found search(String text) {
        // Plain search first: patterns are slow over a large binary.
        boolean machine = text.contains("token") && MACHINE.matcher(text).find();
        boolean talosconfig =
                text.contains("contexts")
                        && TALOSCONFIG.stream().allMatch(sign -> sign.matcher(text).find());
        if (talosconfig || KUBECONFIG.stream().anyMatch(text::contains)) {
            return new Found(machine, Optional.of(ADMIN));
        }
        // A machine config has packed keys too, and the gate before it.
        boolean key =
                KEY.stream().anyMatch(text::contains)
                        || !machine && PACKED_KEY.stream().anyMatch(text::contains);
        return new Found(machine, key ? Optional.of(PRIVATE_KEY) : Optional.empty());
    }
}
