package dev.ichor.steps;

import dev.ichor.artifacts.Cache;
import dev.ichor.artifacts.Internet;
import dev.ichor.artifacts.IpxeRelease;
import dev.ichor.artifacts.Upstream;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Mac;
import dev.ichor.discovery.NeighbourTable;
import dev.ichor.host.Outside;
import dev.ichor.host.ThisPc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Everything outside the program that the steps touch: the real thing, or the pretended network's.
///
/// @param lan the network
/// @param sources where Talos and the loaders come from
/// @param pc this PC and what lies around it
/// @param clock the time
/// @param random for keys and tokens
/// @param haste divides every limit of patience; 1 on a real network
public record World(
        Lan lan, Sources sources, Pc pc, InstantSource clock, SecureRandom random, double haste) {
    /// This PC.
    ///
    /// @param system what its system tells
    /// @param outside what lies around it
    public record Pc(ThisPc system, Outside outside) {
        /// Nothing is wrong with it.
        public static final Pc QUIET = new Pc(ThisPc.QUIET, Outside.QUIET);
    }

    /// With other TFTP and HTTP ports.
    public World serving(int tftpPort, int httpPort) {
        Lan other =
                new Lan(
                        lan.adapters(),
                        lan.neighbours(),
                        lan.wire().serving(tftpPort, httpPort),
                        lan.dhcpServers(),
                        lan.wake());
        return new World(other, sources, pc, clock, random, haste);
    }

    /// The network.
    ///
    /// @param adapters this PC's adapters
    /// @param neighbours who has which MAC
    /// @param wire ports and broadcast
    /// @param dhcpServers where a DISCOVER goes
    /// @param wake switches a machine on
    public record Lan(
            Adapters adapters,
            NeighbourTable neighbours,
            Wire wire,
            List<InetSocketAddress> dhcpServers,
            Wake wake) {}

    /// Where files come from.
    ///
    /// @param talos where Talos comes from
    /// @param internet how to get there
    /// @param ipxe where boot loaders come from when none fit
    /// @param loaders the stock boot loaders at hand
    /// @param cache downloads of all clusters
    public record Sources(
            Upstream talos,
            Internet internet,
            IpxeRelease ipxe,
            Supplier<Loaders> loaders,
            Cache cache) {}

    /// This PC's adapters.
    @FunctionalInterface
    public interface Adapters {
        /// Likeliest first.
        List<Adapter> list() throws IOException;
    }

    /// Switches machines on.
    @FunctionalInterface
    public interface Wake {
        /// Wakes one machine from that adapter; it may not answer.
        void wake(Mac mac, Adapter from) throws IOException;
    }
}
