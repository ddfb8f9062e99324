package dev.ichor.cluster;

import java.util.List;

/// A program of this PC that listens on a port.
///
/// @param transport UDP or TCP
/// @param port its number
/// @param address where it listens, 0.0.0.0 for all addresses
/// @param pid its process number, or 0 when the system does not tell
/// @param program its name as the system has it, or empty when the system does not tell
/// @param services the Windows services that live in the process
public record PortOwner(
        Transport transport,
        int port,
        Ip4 address,
        long pid,
        String program,
        List<String> services) {
    /// This program, whatever its process is called.
    public static final String ICHOR = "Ichor";

    /// How what arrives at the port is carried.
    public enum Transport {
        UDP,
        TCP
    }

    /// Copies the list.
    public PortOwner {
        services = List.copyOf(services);
    }

    /// Whether nobody else can have the port at this address.
    public boolean keeps(Transport other, int number, Ip4 at) {
        return transport == other
                && port == number
                && (address.equals(Ip4.NONE) || at.equals(Ip4.NONE) || address.equals(at));
    }
}
