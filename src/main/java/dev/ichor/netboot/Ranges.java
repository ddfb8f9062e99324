package dev.ichor.netboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `Range` header (RFC 9110 section 14.2), as Go reads it.
final class Ranges {
    private static final String UNIT = "bytes=";

    private Ranges() {}

    /// What is asked for.
    sealed interface Wish {
        /// All of it.
        record All() implements Wish {}

        /// One or more parts.
        record Parts(List<Part> parts) implements Wish {}

        /// Only what lies behind the end.
        record Outside() implements Wish {}

        /// It is no range.
        record Unreadable() implements Wish {}
    }

    /// A part of the bytes; of no length when the last zero bytes were asked for.
    record Part(long from, long length) {
        /// As `Content-Range` says it.
        String of(long size) {
            return "bytes " + from + "-" + (from + length - 1) + "/" + size;
        }
    }

    static Wish of(String header, long size) {
        if (header.isEmpty()) {
            return new Wish.All();
        }
        if (!header.startsWith(UNIT)) {
            return new Wish.Unreadable();
        }
        List<Part> parts = new ArrayList<>();
        boolean outside = false;
        for (String one : header.substring(UNIT.length()).split(",")) {
            String range = one.strip();
            int dash = range.indexOf('-');
            if (range.isEmpty()) {
                continue;
            }
            long from = dash > 0 ? number(range.substring(0, dash)) : 0;
            if (dash > 0 && from >= size) {
                outside = true; // whatever its end says
                continue;
            }
            Optional<Part> part =
                    dash < 0 || from < 0
                            ? Optional.empty()
                            : part(dash == 0, from, range.substring(dash + 1), size);
            if (part.isEmpty()) {
                return new Wish.Unreadable();
            }
            parts.add(part.get());
        }
        return wish(parts, outside, size);
    }

    /// @param last whether the last bytes are meant, so many as `end` says
    private static Optional<Part> part(boolean last, long from, String end, long size) {
        if (end.isBlank()) {
            return last ? Optional.empty() : Optional.of(new Part(from, size - from));
        }
        long to = number(end);
        if (to < from) {
            return Optional.empty();
        }
        long length = Math.min(size, to);
        return Optional.of(
                last
                        ? new Part(size - length, length)
                        : new Part(from, Math.min(to, size - 1) - from + 1));
    }

    /// @return negative when it is none
    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Wish wish(List<Part> parts, boolean outside, long size) {
        if (parts.isEmpty()) {
            // Some clients send a range with each request: an empty file is sent as it is.
            return outside && size > 0 ? new Wish.Outside() : new Wish.All();
        }
        long sum = parts.stream().mapToLong(Part::length).sum();
        // Who asks for more than there is, in pieces, only wants to do harm.
        return sum > size ? new Wish.All() : new Wish.Parts(List.copyOf(parts));
    }
}
