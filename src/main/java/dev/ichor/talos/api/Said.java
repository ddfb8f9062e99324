package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// What machines say of themselves, into the boot log: it paints the view and never decides. Every
/// line is bounded, and so is their number, for whoever is on the network may send some.
final class Said {
    /// A boot tells some hundreds of lines.
    static final int LINES = 2_000;

    private static final Duration WINDOW = Duration.ofHours(1);

    private record Count(Instant since, int lines) {}

    private final BootLog log;
    private final InstantSource clock;
    private final Map<Mac, Count> counts = new HashMap<>();

    Said(BootLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// A line, and the stage it tells of, if any.
    void line(Mac mac, @Nullable Stage stage, String text) {
        String line = Refusals.bounded(text);
        if (!line.isEmpty() && counts(mac)) {
            log.append(new BootEvent.NodeSaid(clock.instant(), mac, stage, line));
        }
    }

    /// Something that keeps the machine back.
    void trouble(Mac mac, String text) {
        if (counts(mac)) {
            log.append(new BootEvent.NodeTrouble(clock.instant(), mac, Refusals.bounded(text)));
        }
    }

    private synchronized boolean counts(Mac mac) {
        Instant now = clock.instant();
        Count was = counts.get(mac);
        Count next =
                was == null || now.isAfter(was.since().plus(WINDOW))
                        ? new Count(now, 1)
                        : new Count(was.since(), was.lines() + 1);
        counts.put(mac, next);
        return next.lines() <= LINES;
    }
}
