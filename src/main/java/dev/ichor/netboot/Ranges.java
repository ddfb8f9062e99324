package dev.ichor.netboot;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `Range` header (RFC 9110 section 14.2), as Go reads it.
final class Ranges {
    private static final String UNIT = "bytes=";
    private static final Pattern ONE = Pattern.compile("\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    private Ranges() {}

    /// What is asked for.
    sealed interface Wish {
        /// All of it.
        record All() implements Wish {}

        /// One or more parts.
        record Parts(List<Part> parts) implements Wish {}

        /// Nothing that is there.
        record Outside() implements Wish {}
    }

    /// A part of the bytes.
    record Part(long from, long length) {
        /// As `Content-Range` says it.
        String of(long size) {
            return "bytes " + from + "-" + (from + length - 1) + "/" + size;
        }
    }

    static Wish of(String header, long size) {
        if (header.isEmpty() || size == 0) {
            return new Wish.All();
        }
        if (!header.startsWith(UNIT)) {
            return new Wish.Outside();
        }
        List<Part> parts = new ArrayList<>();
        for (String one : header.substring(UNIT.length()).split(",")) {
            Matcher m = ONE.matcher(one);
            if (!one.isBlank() && !(m.matches() && add(m.group(1), m.group(2), size, parts))) {
                return new Wish.Outside();
            }
        }
        long sum = parts.stream().mapToLong(Part::length).sum();
        if (parts.isEmpty()) {
            return new Wish.Outside();
        }
        // Who asks for more than there is, in pieces, only wants to do harm.
        return sum > size ? new Wish.All() : new Wish.Parts(List.copyOf(parts));
    }

    /// Parts behind the end are left out.
    ///
    /// @return false when it is no range
    private static boolean add(String first, String last, long size, List<Part> parts) {
        if (first.isEmpty() && last.isEmpty()) {
            return false;
        }
        if (first.isEmpty()) {
            long length = Math.min(size, Long.parseLong(last));
            if (length > 0) {
                parts.add(new Part(size - length, length));
            }
            return true;
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return false;
        }
        if (from < size) {
            parts.add(new Part(from, to - from + 1));
        }
        return true;
    }
}
