package dev.ichor.netboot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 in hex.
final class Digest {
    private Digest() {}

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Whether it is the digest of the text; takes as long whatever differs.
    static boolean same(String digest, String text) {
        return MessageDigest.isEqual(
                digest.getBytes(StandardCharsets.US_ASCII),
                sha256(text).getBytes(StandardCharsets.US_ASCII));
    }
}
