package dev.ichor.router;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.RouterReport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/// Asks the LAN's DHCP servers what they tell a machine that boots from the network, by posing as a
/// relay (RFC 2131 section 4.1): the answer comes to our port 67, so the system's own DHCP client
/// is not in the way.
public final class RouterProbe {
    private RouterProbe() {}

    /// Asks as a BIOS and as a UEFI machine and waits at most six seconds.
    ///
    /// @param adapter the network to ask on; its address is the relay's
    /// @param servers where to send; empty for a broadcast to the wire's DHCP port
    /// @param random makes transaction numbers and the pretend machines' MACs
    /// @throws dev.ichor.cluster.ProblemException when the DHCP server port cannot be used
    public static RouterReport probe(
            Adapter adapter, Wire wire, List<InetSocketAddress> servers, RandomGenerator random)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + adapter + wire + servers + random);
    }
}
