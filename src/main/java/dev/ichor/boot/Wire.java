package dev.ichor.boot;

import dev.ichor.cluster.Ip4;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/// The ports and the broadcast of one network. The defaults are the RFC's numbers; the simulated
/// LAN has its own, so that it runs as an ordinary user on loopback.
///
/// @param dhcpServer UDP port DHCP servers listen on, 67 (RFC 2131 section 4.1)
/// @param dhcpClient UDP port DHCP clients listen on, 68
/// @param pxe UDP port of the PXE boot server, 4011 (PXE 2.1 section 2.2)
/// @param tftp UDP port of TFTP, 69 (RFC 1350 section 4)
/// @param http TCP port of our HTTP server, 8080 as Matchbox
/// @param talosApi TCP port of the Talos API, 50000
/// @param everyone where one copy of a broadcast to the clients goes
public record Wire(
        int dhcpServer,
        int dhcpClient,
        int pxe,
        int tftp,
        int http,
        int talosApi,
        Supplier<List<InetSocketAddress>> everyone) {
    /// The real network's numbers.
    public static final Wire REAL =
            new Wire(
                    67,
                    68,
                    4011,
                    69,
                    8080,
                    50000,
                    () -> List.of(new InetSocketAddress(Ip4.BROADCAST.inet(), 68)));

    /// With other TFTP and HTTP ports; 0 takes any free one.
    public Wire serving(int tftpPort, int httpPort) {
        return new Wire(dhcpServer, dhcpClient, pxe, tftpPort, httpPort, talosApi, everyone);
    }
}
