package dev.ichor.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// What a file is by its first bytes.
final class Magic {
    private static final int HEAD = 0x206;

    /// Linux boot protocol header (Documentation/arch/x86/boot.rst).
    private static final int X86_AT = 0x202;

    /// arm64 image header, `magic` (Documentation/arch/arm64/booting.rst).
    private static final int ARM64_AT = 0x38;

    private static final byte[] X86 = ascii("HdrS");
    private static final byte[] ARM64 = ascii("ARMd");

    /// Zstandard (RFC 8878 section 3.1.1) since Talos 1.8, xz before.
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

    private Magic() {}

    static boolean isKernel(Path file) throws IOException {
        byte[] head = head(file);
        return has(head, X86_AT, X86) || has(head, ARM64_AT, ARM64);
    }

    static boolean isInitramfs(Path file) throws IOException {
        byte[] head = head(file);
        return has(head, 0, ZSTD) || has(head, 0, XZ);
    }

    /// Log-in pages of guest networks come as anything, also without a content type.
    static boolean isWebPage(Path file) throws IOException {
        String begin =
                new String(head(file), StandardCharsets.ISO_8859_1)
                        .stripLeading()
                        .toLowerCase(Locale.ROOT);
        return begin.startsWith("<!doctype html") || begin.startsWith("<html");
    }

    private static boolean has(byte[] head, int at, byte[] magic) {
        int end = at + magic.length;
        return head.length >= end && Arrays.equals(head, at, end, magic, 0, magic.length);
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
