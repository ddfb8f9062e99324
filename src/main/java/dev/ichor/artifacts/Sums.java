package dev.ichor.artifacts;

import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A checksum file as `sha256sum` writes it: `HEX␠␠NAME` a line.
///
/// @param text as it was received
/// @param byName SHA-256 in lower-case hex
record Sums(String text, Map<String, String> byName) {
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64})\\s+\\*?(\\S+)\\s*");
    private static final int BUFFER = 1 << 17;

    static Sums parse(String text) {
        Map<String, String> byName = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher m = LINE.matcher(line);
            if (m.matches()) {
                byName.put(m.group(2), m.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return new Sums(text, Map.copyOf(byName));
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /// @throws ProblemException when the file is not listed
    String of(String name, String where) throws ProblemException {
        @Nullable String sum = byName.get(name);
        if (sum == null) {
            throw new ProblemException(
                    "The checksum list of " + where + " does not name " + name + ".",
                    "It is not Talos' list, or the release is not complete yet.",
                    "Choose another version or another download server.");
        }
        return sum;
    }

    /// Whether the file is there and has this SHA-256.
    ///
    /// @throws InterruptedException when interrupted while reading
    static boolean matches(Path file, String wanted) throws IOException, InterruptedException {
        return Files.isRegularFile(file) && hex(digestOf(file)).equals(wanted);
    }

    /// A digest that has seen the file.
    static MessageDigest digestOf(Path file) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                digest.update(buffer, 0, n);
            }
        }
        return digest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
