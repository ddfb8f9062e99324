package dev.ichor.cluster;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// An IPv4 address. Made from digits only: nothing here ever asks a name server.
///
/// @param bits the 32 bits, first octet highest
public record Ip4(int bits) implements Comparable<Ip4> {
    /// 0.0.0.0, "no address yet".
    public static final Ip4 NONE = new Ip4(0);

    /// 255.255.255.255, every host on this wire (RFC 919).
    public static final Ip4 BROADCAST = new Ip4(-1);

    /// Reads four decimal octets.
    ///
    /// @return empty when the text is anything else
    public static Optional<Ip4> parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : parts) {
            if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | Integer.parseInt(part);
        }
        return Optional.of(new Ip4(bits));
    }

    /// As [#parse], for texts that are known to be good.
    ///
    /// @throws IllegalArgumentException when they are not
    public static Ip4 of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + text));
    }

    /// Four octets, network order.
    public static Ip4 of(byte[] b) {
        return new Ip4(b[0] << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff));
    }

    /// Empty for anything but IPv4 (also IPv4 mapped into IPv6 is unwrapped by the JDK before).
    public static Optional<Ip4> of(InetAddress address) {
        return address instanceof Inet4Address v4
                ? Optional.of(of(v4.getAddress()))
                : Optional.empty();
    }

    /// Four octets, network order.
    public byte[] bytes() {
        return new byte[] {
            (byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits
        };
    }

    /// For sockets; no look-up happens.
    public InetAddress inet() {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are always an address", e);
        }
    }

    /// The address `n` further.
    public Ip4 plus(int n) {
        return new Ip4(bits + n);
    }

    /// Numeric order, 0.0.0.0 first.
    @Override
    public int compareTo(Ip4 other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    /// Dotted decimal.
    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >> 16 & 0xff)
                + "."
                + (bits >> 8 & 0xff)
                + "."
                + (bits & 0xff);
    }
}
