package dev.ichor.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A small archive read into memory (POSIX.1-1988 ustar), with its links.
///
/// @param files path to content
/// @param links path to the path it stands for
record Tar(Map<String, byte[]> files, Map<String, String> links) {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;

    private static final long MOST = 256L << 20;
    private static final int DEEPEST = 8;

    /// Reads to the archive's end.
    ///
    /// @throws IOException when it is broken, too large, or names something outside of itself
    static Tar read(InputStream in) throws IOException {
        Tar tar = new Tar(new HashMap<>(), new HashMap<>());
        long total = 0;
        for (byte[] h = in.readNBytes(BLOCK);
                h.length == BLOCK && h[0] != 0;
                h = in.readNBytes(BLOCK)) {
            int size = (int) Math.min(octal(h), Integer.MAX_VALUE);
            total += size;
            if (total > MOST) {
                throw new IOException("the archive is larger than " + MOST + " bytes");
            }
            tar.add(h, content(in, size));
        }
        return tar;
    }

    private static byte[] content(InputStream in, int size) throws IOException {
        byte[] content = in.readNBytes(size);
        if (content.length < size) {
            throw new IOException("the archive ends in the middle of a file");
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return content;
    }

    private void add(byte[] h, byte[] content) throws IOException {
        String prefix = text(h, PREFIX_AT, PREFIX);
        String name = (prefix.isEmpty() ? "" : prefix + "/") + text(h, 0, NAME);
        String link = text(h, LINK_AT, NAME);
        switch (h[TYPE_AT]) {
            case '0', 0 -> files.put(inside(name), content);
            case '1' -> links.put(inside(name), inside(link));
            case '2' -> links.put(inside(name), inside(parent(name) + link));
            default -> {} // folders and what we do not need
        }
    }

    /// The content at a path, through its links.
    Optional<byte[]> get(String path) {
        String at = path;
        for (int i = 0; i < DEEPEST && links.containsKey(at); i++) {
            at = links.get(at);
        }
        return Optional.ofNullable(files.get(at));
    }

    private static String parent(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /// Without `.` and `..`.
    private static String inside(String name) throws IOException {
        ArrayDeque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            boolean up = part.equals("..");
            if ((up && parts.isEmpty()) || name.startsWith("/") || name.indexOf('\\') >= 0) {
                throw new IOException("the archive names " + name + ", which is outside of it");
            }
            if (up) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static long octal(byte[] h) throws IOException {
        String digits = text(h, SIZE_AT, SIZE_LENGTH).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("the archive is broken");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] h, int from, int length) {
        int end = from;
        while (end < from + length && h[end] != 0) {
            end++;
        }
        return new String(h, from, end - from, StandardCharsets.UTF_8);
    }
}
