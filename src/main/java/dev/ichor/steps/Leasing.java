package dev.ichor.steps;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.RouterReport;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Notebook;
import dev.ichor.router.RouterProbe;

import java.io.IOException;
import java.util.Map;

/// Our own DHCP server for an isolated cable or switch: only where no other is.
final class Leasing {
    /// The longest prefix with room for this PC and one machine.
    private static final int LONGEST_PREFIX = 30;

    private Leasing() {}

    /// Asks for other servers, then who is there, so that nobody's address is given away.
    ///
    /// @param book outlives a restart
    /// @throws ProblemException when there is another server, or no address to give
    static DhcpRole on(Adapter adapter, World world, Notebook book)
            throws IOException, InterruptedException {
        refuseTiny(adapter);
        refuseSecond(
                RouterProbe.probe(
                        adapter, world.lan().wire(), world.lan().dhcpServers(), world.random()));
        Discover.sweep(world, adapter, false, m -> {}, a -> {});
        return new DhcpRole.Lease(
                adapter.subnet(),
                book,
                () -> neighbours(world),
                world.lan().dhcpServers(),
                world.random());
    }

    private static void refuseTiny(Adapter adapter) throws ProblemException {
        if (adapter.subnet().prefix() > LONGEST_PREFIX) {
            throw new ProblemException(
                    adapter.id() + " has no addresses to give out.",
                    "Its network " + adapter.subnet() + " is for this PC alone.",
                    "Give the adapter a fixed address such as 192.168.50.1 with the netmask"
                            + " 255.255.255.0.");
        }
    }

    static void refuseSecond(RouterReport report) throws ProblemException {
        for (RouterReport.Answer a : report.answers()) {
            if (!a.offered().equals(Ip4.NONE)) {
                throw new ProblemException(
                        "Another DHCP server, " + a.server() + ", is on this network.",
                        "Two that do not know of each other give one address to two machines.",
                        "Choose the boot mode in which this PC answers beside it, or take this"
                                + " cable out of that network.");
            }
        }
    }

    private static Map<Ip4, Mac> neighbours(World world) {
        try {
            return world.lan().neighbours().read();
        } catch (IOException e) {
            return Map.of();
        }
    }
}
