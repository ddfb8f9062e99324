package dev.ichor.cluster;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// A machine's Ethernet address (IEEE 802, 48 bits), its identity everywhere in the program.
///
/// @param value the 48 bits, first octet highest
public record Mac(long value) implements Comparable<Mac> {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final HexFormat HYPHENS = HexFormat.ofDelimiter("-");

    /// Refuses more than 48 bits.
    public Mac {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC has 48 bits: " + Long.toHexString(value));
        }
    }

    /// Reads `aa:bb:cc:dd:ee:ff`, `aa-bb-cc-dd-ee-ff`, `aabb.ccdd.eeff` or `aabbccddeeff`, any
    /// case.
    ///
    /// @return empty when the text is none of these
    public static Optional<Mac> parse(String text) {
        String t = text.strip().toLowerCase(Locale.ROOT);
        if (!t.matches(
                "([0-9a-f]{2}([:-][0-9a-f]{2}){5})|([0-9a-f]{4}(\\.[0-9a-f]{4}){2})|([0-9a-f]{12})")) {
            return Optional.empty();
        }
        return Optional.of(new Mac(Long.parseLong(t.replaceAll("[:.-]", ""), 16)));
    }

    /// As [#parse], for texts that are known to be good.
    ///
    /// @throws IllegalArgumentException when they are not
    public static Mac of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a MAC: " + text));
    }

    /// The first six octets of `bytes`.
    public static Mac of(byte[] bytes) {
        long v = 0;
        for (int i = 0; i < 6; i++) {
            v = v << 8 | (bytes[i] & 0xff);
        }
        return new Mac(v);
    }

    /// Six octets, network order.
    public byte[] bytes() {
        byte[] b = new byte[6];
        for (int i = 0; i < 6; i++) {
            b[i] = (byte) (value >> (40 - 8 * i));
        }
        return b;
    }

    /// `aa-bb-cc-dd-ee-ff`, as iPXE's `${mac:hexhyp}` writes it.
    public String hyphens() {
        return HYPHENS.formatHex(bytes());
    }

    /// The vendor part, 24 bits (IEEE OUI).
    public int oui() {
        return (int) (value >> 24);
    }

    @Override
    public int compareTo(Mac other) {
        return Long.compare(value, other.value);
    }

    /// `aa:bb:cc:dd:ee:ff`, the form of Matchbox selectors.
    @Override
    public String toString() {
        return COLONS.formatHex(bytes());
    }
}
