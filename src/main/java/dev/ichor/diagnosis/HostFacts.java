package dev.ichor.diagnosis;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.RouterReport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What was read of this PC and its surroundings, once.
///
/// @param at when
/// @param ports those we need
/// @param listeners who else has which port
/// @param adapters the adapters, likeliest first
/// @param chosen the one to serve on, or null when there is none
/// @param network its ways out and its firewall
/// @param router what the DHCP servers say, or null when they were not asked
/// @param around the rest
public record HostFacts(
        Instant at,
        List<Port> ports,
        List<PortOwner> listeners,
        List<Adapter> adapters,
        @Nullable Adapter chosen,
        PcNetwork network,
        @Nullable RouterReport router,
        Around around) {
    /// A port of ours.
    ///
    /// @param service what it is for, as in "TFTP"
    public record Port(PortOwner.Transport transport, int number, String service) {
        /// As in `UDP port 67`.
        @Override
        public String toString() {
            return transport + " port " + number;
        }
    }

    /// A disk's room.
    ///
    /// @param what is to be kept there
    /// @param where on which path
    /// @param free bytes
    /// @param needed bytes
    public record Room(String what, String where, long free, long needed) {}

    /// What lies around.
    ///
    /// @param deadRouter the router that does not answer, or null
    /// @param deadNas host and port of the NAS that cannot be opened, or empty
    /// @param clockAhead how far this PC's clock is ahead of a time server, or null when none
    ///   answered
    /// @param rooms of the disks
    /// @param noLoader what to say when there is no boot loader, or null
    public record Around(
            @Nullable Ip4 deadRouter,
            String deadNas,
            @Nullable Duration clockAhead,
            List<Room> rooms,
            @Nullable Problem noLoader) {
        /// Nothing is wrong there.
        public static final Around FINE = new Around(null, "", null, List.of(), null);

        /// Copies the list.
        public Around {
            rooms = List.copyOf(rooms);
        }
    }

    /// Copies the lists.
    public HostFacts {
        ports = List.copyOf(ports);
        listeners = List.copyOf(listeners);
        adapters = List.copyOf(adapters);
    }

    /// The address to serve on; 0.0.0.0 when there is none.
    Ip4 self() {
        return chosen == null ? Ip4.NONE : chosen.address();
    }
}
