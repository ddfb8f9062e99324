package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Tells the boot log what happened, at the right time and not too often.
final class Reporter {
    /// Strays told in each [#STRAY_PERIOD]; the rest are counted and told with the next one.
    private static final int STRAYS = 3;

    private static final Duration STRAY_PERIOD = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final Duration PACKET = Duration.ofSeconds(1);
    private static final int MAX_NOTES = 10_000;

    private final BootLog log;
    private final InstantSource clock;
    private final Set<String> told = new HashSet<>();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    private final SequencedMap<Object, Instant> seldom = new LinkedHashMap<>();
    private Instant strayPeriod = Instant.MIN;
    private int strays;
    private long untold;

    Reporter(BootLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    void tell(Function<Instant, BootEvent> event) {
        log.append(event.apply(clock.instant()));
    }

    /// As [#tell], but an equal event not again within [#SELDOM]: some clients try for ever.
    void tellSeldom(Function<Instant, BootEvent> event) {
        tellSeldom(event.apply(Instant.EPOCH), clock.instant(), SELDOM, event);
    }

    /// As [#tell], but an equal packet not again within a second: retries are told, floods not.
    ///
    /// @param seen when it came; it may be told a moment later
    /// @param xid transaction of the packet; another one is another packet
    void tellPacket(Instant seen, int xid, Function<Instant, BootEvent> event) {
        tellSeldom(List.of(xid, event.apply(Instant.EPOCH)), seen, PACKET, event);
    }

    private synchronized void tellSeldom(
            Object key, Instant seen, Duration period, Function<Instant, BootEvent> event) {
        Instant before = seldom.get(key);
        if (before == null || seen.isAfter(before.plus(period))) {
            seldom.putLast(key, seen);
            log.append(event.apply(seen));
        }
        if (seldom.size() > MAX_NOTES) {
            seldom.pollFirstEntry();
        }
    }

    Instant now() {
        return clock.instant();
    }

    /// A packet or request that made no sense.
    synchronized void stray(String from, String what) {
        Instant now = clock.instant();
        if (now.isAfter(strayPeriod)) {
            strayPeriod = now.plus(STRAY_PERIOD);
            strays = 0;
        }
        if (++strays > STRAYS) {
            untold++;
            return;
        }
        String more = untold == 0 ? "" : " (and " + untold + " more before)";
        untold = 0;
        log.append(new BootEvent.Stray(now, from, what + more));
    }

    /// Something odd that stays odd: told once.
    synchronized void once(String from, String what) {
        if (told.size() < MAX_NOTES && told.add(from + '\n' + what)) {
            log.append(new BootEvent.Stray(clock.instant(), from, what));
        }
    }

    /// A service works.
    synchronized void up(String service, String address) {
        addresses.put(service, address);
        down.remove(service);
        log.append(new BootEvent.ServiceUp(clock.instant(), service, address));
    }

    /// A service works: told only if it was down. Asked for every packet, so it must not wait for
    /// whoever is telling something.
    void upAgain(String service) {
        if (down.contains(service)) {
            up(service, addresses.getOrDefault(service, ""));
        }
    }

    /// A service does not work: told once until it works again.
    synchronized void down(String service, String reason) {
        if (down.add(service)) {
            log.append(new BootEvent.ServiceDown(clock.instant(), service, reason));
        }
    }
}
