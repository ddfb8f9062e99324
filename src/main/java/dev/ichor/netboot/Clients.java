package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/// What the clients' own DHCP packets told about them. Bounded: the client heard longest ago goes
/// first, and strangers never push out a machine of the plan. Safe for many threads.
final class Clients {
    /// A home network has a few machines, the simulated one a thousand; a flood shall not grow it.
    private static final int MAX = 8192;

    private static final int MAX_STRANGERS = 1024;

    private final Predicate<Mac> known;
    private final SequencedMap<Mac, Client> machines = new LinkedHashMap<>(16, 0.75f, true);
    private final SequencedMap<Mac, Client> strangers = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Ip4, Mac> byIp = new HashMap<>();

    /// @param known the machines of the plan
    Clients(Predicate<Mac> known) {
        this.known = known;
    }

    /// One client.
    ///
    /// @param arch option 93 of its last packet, or −1
    /// @param ipxe whether iPXE sent its last packet
    /// @param ip the address it took last, or 0.0.0.0
    /// @param at when its last packet came
    /// @param xid transaction of its last DISCOVER
    /// @param repeats how many DISCOVERs of that transaction came
    record Client(Mac mac, int arch, boolean ipxe, Ip4 ip, Instant at, int xid, int repeats) {
        /// Whether its last packet is too old to say who asks for a file now.
        boolean staleAt(Instant now, Duration age) {
            return at.plus(age).isBefore(now);
        }
    }

    /// Notes a DISCOVER.
    synchronized Client discovered(Mac mac, int arch, boolean ipxe, int xid, Instant at) {
        Client was = of(mac).get(mac);
        int repeats = was != null && was.repeats > 0 && was.xid == xid ? was.repeats + 1 : 1;
        Ip4 ip = was == null ? Ip4.NONE : was.ip;
        return put(new Client(mac, arch, ipxe, ip, at, xid, repeats));
    }

    /// Notes a REQUEST with the address it asks for.
    synchronized Client requested(Mac mac, int arch, boolean ipxe, Ip4 ip, Instant at) {
        Client was = of(mac).get(mac);
        int xid = was == null ? 0 : was.xid;
        int repeats = was == null ? 0 : was.repeats;
        return put(new Client(mac, arch, ipxe, ip, at, xid, repeats));
    }

    synchronized Optional<Client> at(Ip4 ip) {
        return Optional.ofNullable(byIp.get(ip)).map(mac -> of(mac).get(mac));
    }

    private SequencedMap<Mac, Client> of(Mac mac) {
        return known.test(mac) ? machines : strangers;
    }

    private Client put(Client c) {
        SequencedMap<Mac, Client> mine = of(c.mac);
        Client was = mine.put(c.mac, c);
        if (was != null && !was.ip.equals(c.ip)) {
            byIp.remove(was.ip, c.mac);
        }
        if (!c.ip.equals(Ip4.NONE)) {
            byIp.put(c.ip, c.mac);
        }
        if (mine.size() > (mine == machines ? MAX : MAX_STRANGERS)) {
            Client oldest = mine.pollFirstEntry().getValue();
            byIp.remove(oldest.ip, oldest.mac);
        }
        return c;
    }
}
