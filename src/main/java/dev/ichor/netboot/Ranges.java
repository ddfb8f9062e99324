package dev.ichor.netboot;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `Range` header (RFC 9110 section 14.2): one range of bytes.
final class Ranges {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    private Ranges() {}

    /// What is asked for.
    sealed interface Wish {
        /// All of it: no range, or several at once, which a server may leave out of account.
        record All() implements Wish {}

        /// A part.
        record Part(long from, long length) implements Wish {}

        /// Nothing that is there.
        record Outside() implements Wish {}
    }

    static Wish of(String header, long size) {
        Matcher m = ONE.matcher(header);
        if (header.isEmpty() || size == 0 || header.contains(",")) {
            return new Wish.All();
        }
        if (!m.matches() || m.group(1).isEmpty() && m.group(2).isEmpty()) {
            return new Wish.Outside();
        }
        Optional<Long> first = number(m.group(1));
        Optional<Long> last = number(m.group(2));
        long from = first.orElseGet(() -> size - Math.min(size, last.orElse(0L)));
        long to = first.isEmpty() ? size - 1 : Math.min(last.orElse(size - 1), size - 1);
        return from >= size || to < from ? new Wish.Outside() : new Wish.Part(from, to - from + 1);
    }

    private static Optional<Long> number(String digits) {
        return digits.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(digits));
    }
}
