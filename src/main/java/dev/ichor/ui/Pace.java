package dev.ichor.ui;

import dev.ichor.cluster.Amount;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// How fast a piece of work goes, over its last few seconds. Knows no toolkit and no clock.
final class Pace {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final long SHORTEST_MILLIS = 500;

    private record Sample(Instant at, long done) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /// Takes note of how far the work is now; going backwards means that a new piece has begun.
    void note(Amount amount, Instant now) {
        if (!samples.isEmpty() && samples.getLast().done() > amount.done()) {
            samples.clear();
        }
        if (samples.isEmpty() || samples.getLast().done() != amount.done()) {
            samples.add(new Sample(now, amount.done()));
        }
        while (samples.size() > 2 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
            samples.removeFirst();
        }
    }

    /// Units a second, or 0 while too little is known.
    double perSecond(Instant now) {
        if (samples.size() < 2) {
            return 0;
        }
        Sample from = samples.getFirst();
        long millis = Duration.between(from.at(), now).toMillis();
        return millis < SHORTEST_MILLIS
                ? 0
                : (samples.getLast().done() - from.done()) * 1000.0 / millis;
    }

    /// How long the rest will take at this pace.
    Optional<Duration> left(Amount amount, Instant now) {
        double rate = perSecond(now);
        return rate <= 0 || amount.of() <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) ((amount.of() - amount.done()) / rate)));
    }

    /// Whether nothing has moved for twenty seconds.
    boolean stalled(Instant now) {
        return !samples.isEmpty()
                && Duration.between(samples.getLast().at(), now).compareTo(SILENCE) > 0;
    }
}
