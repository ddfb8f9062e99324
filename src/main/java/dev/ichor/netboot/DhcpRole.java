package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Subnet;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What we do on the DHCP ports.
public sealed interface DhcpRole {
    /// Answer network-boot clients beside the router's DHCP server (PXE 2.1 section 2.2.3).
    DhcpRole PROXY = new Proxy();

    /// Hear, never answer: the router points at us.
    DhcpRole LISTEN = new Listen();

    /// Do not open them.
    DhcpRole OFF = new Off();

    /// [#PROXY].
    record Proxy() implements DhcpRole {}

    /// [#LISTEN].
    record Listen() implements DhcpRole {}

    /// [#OFF].
    record Off() implements DhcpRole {}

    /// Give out addresses: the only DHCP server of an isolated cable or switch.
    ///
    /// @param subnet the adapter's
    /// @param book outlives a restart
    /// @param neighbours who has which address now; may be slow
    /// @param servers where the question for other DHCP servers goes; empty for a broadcast
    /// @param random for transaction numbers
    record Lease(
            Subnet subnet,
            Notebook book,
            Supplier<Map<Ip4, Mac>> neighbours,
            List<InetSocketAddress> servers,
            RandomGenerator random)
            implements DhcpRole {}
}
