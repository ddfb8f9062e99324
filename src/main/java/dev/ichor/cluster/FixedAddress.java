package dev.ichor.cluster;

import java.util.List;

/// An address that a machine keeps without asking a DHCP server.
///
/// @param address its own
/// @param prefix length of the network's prefix, 0 to 32
/// @param gateway the way to everywhere else
/// @param nameservers who resolves names; may be empty
public record FixedAddress(Ip4 address, int prefix, Ip4 gateway, List<Ip4> nameservers) {
    /// Copies the list.
    public FixedAddress {
        nameservers = List.copyOf(nameservers);
    }

    /// With its network, `192.168.1.20/24`.
    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
