package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which machine has which address (RFC 2131 section 4.3). Bounded by the pool. Machines are told
/// apart by their MAC alone: firmware, iPXE and Talos send different client identifiers, and shall
/// keep one address through a boot. Safe for many threads.
final class Leases {
    /// How long an address may be used without asking again.
    static final Duration TIME = Duration.ofHours(12);

    /// How long an offer waits for its REQUEST.
    private static final Duration OFFER = Duration.ofMinutes(1);

    /// How long an address that a client found in use is left alone.
    private static final Duration DECLINED = Duration.ofMinutes(10);

    private final Pool pool;
    private final Predicate<Mac> known;
    private final Map<Mac, Lease> byMac = new HashMap<>();
    private final Map<Ip4, Lease> byIp = new HashMap<>();
    private final Map<Ip4, Instant> declined = new HashMap<>();

    /// One address for one machine; kept when over, so that the machine gets it again.
    private record Lease(Mac mac, Ip4 ip, Instant until, boolean bound) {
        boolean live(Instant now) {
            return until.isAfter(now);
        }
    }

    /// @param known the machines of the plan; others get at most half of the pool
    Leases(Pool pool, Predicate<Mac> known) {
        this.pool = pool;
        this.known = known;
    }

    /// An address to offer, kept for a minute (RFC 2131 section 4.3.1): the one it has or had, the
    /// one it wants, one that nobody had, or the one longest unused.
    ///
    /// @param others who has which address by the neighbour table
    /// @return empty when there is none
    synchronized Optional<Ip4> offer(Mac mac, Ip4 wanted, Map<Ip4, Mac> others, Instant now) {
        if (!byMac.containsKey(mac) && !known.test(mac) && strangersAreMany(now)) {
            return Optional.empty();
        }
        Predicate<Ip4> free = ip -> isFree(ip, mac, others, now);
        Optional<Ip4> ip =
                Stream.concat(had(mac).stream(), Stream.of(wanted))
                        .filter(free)
                        .findFirst()
                        .or(() ->
                                pool.all()
                                        .filter(a -> !byIp.containsKey(a))
                                        .filter(free)
                                        .findFirst())
                        .or(() -> longestUnused().filter(free).findFirst());
        ip.filter(a -> !isBound(mac, a, now))
                .ifPresent(a -> put(new Lease(mac, a, now.plus(OFFER), false)));
        return ip;
    }

    /// Confirms what was offered, or goes on with a lease.
    ///
    /// @return false when the address is not this machine's
    synchronized boolean bind(Mac mac, Ip4 ip, Instant now) {
        Lease has = byMac.get(mac);
        boolean own = has != null && has.ip.equals(ip) && (has.bound || has.live(now));
        if (own) {
            put(new Lease(mac, ip, now.plus(TIME), true));
        }
        return own;
    }

    /// The machine took another server's offer.
    synchronized void forgetOffer(Mac mac) {
        Lease has = byMac.get(mac);
        if (has != null && !has.bound) {
            remove(has);
        }
    }

    /// Somebody else uses the machine's address (RFC 2131 section 4.3.3).
    synchronized void decline(Mac mac, Ip4 ip, Instant now) {
        Lease has = byMac.get(mac);
        if (has != null && has.ip.equals(ip)) {
            remove(has);
            declined.put(ip, now.plus(DECLINED));
        }
    }

    /// The machine needs it no longer, and may get it again (RFC 2131 section 4.3.4).
    synchronized void release(Mac mac, Ip4 ip, Instant now) {
        Lease has = byMac.get(mac);
        if (has != null && has.ip.equals(ip) && has.bound) {
            put(new Lease(mac, ip, now, true));
        }
    }

    /// The address it has or had.
    synchronized Optional<Ip4> had(Mac mac) {
        return Optional.ofNullable(byMac.get(mac)).map(Lease::ip);
    }

    /// `MAC IP UNTIL`, one line a lease.
    synchronized List<String> lines() {
        return byMac.values().stream()
                .filter(Lease::bound)
                .sorted(Comparator.comparing(Lease::ip))
                .map(l -> l.mac + " " + l.ip + " " + l.until)
                .toList();
    }

    /// What [#lines] wrote; lines of another network, or that cannot be read, are left out.
    synchronized void restore(List<String> lines) {
        for (String line : lines) {
            String[] part = line.split(" ");
            if (part.length == 3) {
                restore(Mac.parse(part[0]), Ip4.parse(part[1]), part[2]);
            }
        }
    }

    private void restore(Optional<Mac> mac, Optional<Ip4> ip, String until) {
        boolean fits = mac.isPresent() && ip.filter(pool::contains).isPresent();
        if (fits && !byIp.containsKey(ip.get())) {
            try {
                put(new Lease(mac.get(), ip.get(), Instant.parse(until), true));
            } catch (DateTimeException e) {
                System.getLogger(Leases.class.getName())
                        .log(System.Logger.Level.DEBUG, "lease left out", e);
            }
        }
    }

    private boolean isFree(Ip4 ip, Mac mac, Map<Ip4, Mac> others, Instant now) {
        Lease has = byIp.get(ip);
        Instant left = declined.getOrDefault(ip, Instant.MIN);
        return pool.contains(ip)
                && !left.isAfter(now)
                && (has == null || has.mac.equals(mac) || !has.live(now))
                && others.getOrDefault(ip, mac).equals(mac);
    }

    private boolean isBound(Mac mac, Ip4 ip, Instant now) {
        Lease has = byMac.get(mac);
        return has != null && has.bound && has.ip.equals(ip) && has.live(now);
    }

    private boolean strangersAreMany(Instant now) {
        long strangers =
                byMac.values().stream().filter(l -> l.live(now) && !known.test(l.mac)).count();
        return strangers >= Math.max(1, pool.size() / 2);
    }

    private Stream<Ip4> longestUnused() {
        return byIp.values().stream().sorted(Comparator.comparing(Lease::until)).map(Lease::ip);
    }

    private void put(Lease l) {
        Lease before = byMac.get(l.mac);
        if (before != null) {
            remove(before);
        }
        Lease other = byIp.get(l.ip);
        if (other != null) {
            remove(other);
        }
        byMac.put(l.mac, l);
        byIp.put(l.ip, l);
    }

    private void remove(Lease l) {
        byMac.remove(l.mac);
        byIp.remove(l.ip);
    }
}
