package dev.ichor.cluster;

import java.util.Optional;

/// An IPv4 network as an adapter sees it: its own address with the prefix length.
///
/// @param address any address in the network (usually the adapter's own)
/// @param prefix length of the network part in bits, 0–32
public record Subnet(Ip4 address, int prefix) {
    /// Refuses a prefix outside 0–32.
    public Subnet {
        if (prefix < 0 || prefix > 32) {
            throw new IllegalArgumentException("prefix " + prefix + " is not in 0–32");
        }
    }

    /// Reads `192.168.1.10/24`.
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,2}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return prefix > 32
                ? Optional.empty()
                : Ip4.parse(text.substring(0, slash)).map(a -> new Subnet(a, prefix));
    }

    /// First address of the network.
    public Ip4 network() {
        return new Ip4(address.bits() & bits());
    }

    /// Last address of the network: its directed broadcast.
    public Ip4 last() {
        return new Ip4(address.bits() | ~bits());
    }

    /// Whether `other` lies in the network.
    public boolean contains(Ip4 other) {
        return (other.bits() & bits()) == (address.bits() & bits());
    }

    /// As 255.255.255.0.
    public Ip4 mask() {
        return new Ip4(bits());
    }

    private int bits() {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    @Override
    public String toString() {
        return network() + "/" + prefix;
    }
}
