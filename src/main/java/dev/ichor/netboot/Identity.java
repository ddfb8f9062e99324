package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which machine is behind an address, for what is shown. What may leave is decided in [Gate],
/// which asks the neighbour table each time.
final class Identity {
    /// Asking the table may start a program of the system.
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final int MAX = 4096;

    private final Clients clients;
    private final Neighbours neighbours;
    private final InstantSource clock;
    private final Map<Ip4, Seen> seen = new LinkedHashMap<>();

    private record Seen(Optional<Mac> mac, Instant at) {}

    Identity(Clients clients, Neighbours neighbours, InstantSource clock) {
        this.clients = clients;
        this.neighbours = neighbours;
        this.clock = clock;
    }

    /// @param said the MAC it names itself, or null
    @Nullable Mac of(Ip4 ip, @Nullable Mac said) {
        Mac heard = clients.at(ip).map(Clients.Client::mac).orElse(said);
        return heard != null ? heard : neighbour(ip).orElse(null);
    }

    private synchronized Optional<Mac> neighbour(Ip4 ip) {
        Instant now = clock.instant();
        Seen known = seen.get(ip);
        if (known == null || known.at().plus(FRESH).isBefore(now)) {
            known = new Seen(neighbours.macOf(ip), now);
            seen.put(ip, known);
            if (seen.size() > MAX) {
                seen.remove(seen.keySet().iterator().next());
            }
        }
        return known.mac();
    }
}
