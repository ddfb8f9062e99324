package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Mac;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What was heard of one machine, and the questions the rules ask of it.
///
/// @param mac the machine
/// @param events in order
/// @param servers other servers that name what to boot
/// @param patience how long it may be silent
/// @param begun when we began to listen
/// @param now the moment the questions are about
record Trail(
        Mac mac,
        List<BootEvent> events,
        List<BootEvent.OtherServer> servers,
        Patience patience,
        Instant begun,
        Instant now) {
    Trail {
        servers = List.copyOf(servers);
        events = List.copyOf(events);
    }

    /// Its latest boot only.
    Trail latestBoot() {
        return new Trail(mac, latest(events), servers, patience, begun, now);
    }

    /// From the last firmware DISCOVER that came after a kernel, or from the first event.
    static List<BootEvent> latest(List<BootEvent> events) {
        int from = 0;
        boolean past = false;
        for (int i = 0; i < events.size(); i++) {
            BootEvent e = events.get(i);
            if (e instanceof BootEvent.Heard h && h.pxe() && !h.ipxe() && past) {
                from = i;
                past = false;
            }
            past |= done(e, Payload.KERNEL) || e instanceof BootEvent.ApiAnswered;
        }
        return events.subList(from, events.size());
    }

    /// How long a silence may be.
    Duration limit(Silence s) {
        return patience.limit(s, s.usual());
    }

    /// As [#limit], where another limit is usual.
    Duration limit(Silence s, Duration usual) {
        return patience.limit(s, usual);
    }

    <E extends BootEvent> Stream<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }

    <E extends BootEvent> Optional<E> last(Class<E> kind) {
        return all(kind).reduce((a, b) -> b);
    }

    Optional<BootEvent> last(Predicate<BootEvent> kind) {
        return events.stream().filter(kind).reduce((a, b) -> b);
    }

    boolean has(Class<? extends BootEvent> kind) {
        return all(kind).findAny().isPresent();
    }

    /// The last file of a kind that it got in full.
    Optional<BootEvent.TransferDone> got(Payload kind) {
        return all(BootEvent.TransferDone.class).filter(d -> d.kind() == kind).reduce((a, b) -> b);
    }

    /// Whether anything that fits came after `at`.
    boolean after(Instant at, Predicate<BootEvent> fits) {
        return events.stream().anyMatch(e -> e.at().isAfter(at) && fits.test(e));
    }

    /// Whether it has been quiet for so long since `at`.
    boolean quietSince(Instant at, Duration patience) {
        return !now.isBefore(at.plus(patience)) && !after(at, e -> true);
    }

    /// Whether `patience` has passed since `at`.
    boolean passed(Instant at, Duration patience) {
        return !now.isBefore(at.plus(patience));
    }

    /// Lines of its kernel log and events.
    Stream<BootEvent.NodeSaid> said(String pattern) {
        Pattern p = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        return all(BootEvent.NodeSaid.class).filter(s -> p.matcher(s.line()).find());
    }

    static boolean done(BootEvent e, Payload kind) {
        return e instanceof BootEvent.TransferDone d && d.kind() == kind;
    }
}
