package dev.ichor.artifacts;

import dev.ichor.cluster.Amount;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Adds up what several downloads do at the same time, with the rate of the last seconds.
///
/// Safe for many threads; tells at most ten times a second, and once when all is done.
final class Meter {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration BEAT = Duration.ofMillis(100);

    private final String what;
    private final InstantSource clock;
    private final Consumer<Amount> out;
    private final List<Part> parts = new ArrayList<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Instant told = Instant.MIN;

    /// Bytes that had come by then.
    private record Sample(Instant at, long came) {}

    Meter(String what, InstantSource clock, Consumer<Amount> out) {
        this.what = what;
        this.clock = clock;
        this.out = out;
    }

    /// One file's share.
    final class Part {
        private long done;
        private long came;
        private long of = -1;

        /// How far it is: what was there before counts as done, not as speed.
        void begin(long already, long total) {
            synchronized (Meter.this) {
                done = already;
                of = total;
            }
        }

        void add(int bytes) {
            synchronized (Meter.this) {
                done += bytes;
                came += bytes;
                tell();
            }
        }
    }

    synchronized Part part() {
        Part part = new Part();
        parts.add(part);
        return part;
    }

    private void tell() {
        Instant now = clock.instant();
        long done = parts.stream().mapToLong(p -> p.done).sum();
        boolean known = parts.stream().allMatch(p -> p.of >= 0);
        long of = known ? parts.stream().mapToLong(p -> p.of).sum() : -1;
        if (done != of && now.isBefore(told.equals(Instant.MIN) ? now : told.plus(BEAT))) {
            return;
        }
        told = now;
        out.accept(new Amount(what, done, of, rate(now)));
    }

    private double rate(Instant now) {
        samples.addLast(new Sample(now, parts.stream().mapToLong(p -> p.came).sum()));
        while (samples.size() > 2 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double seconds = Duration.between(first.at(), now).toNanos() / 1e9;
        return seconds <= 0 ? 0 : (samples.getLast().came() - first.came()) / seconds;
    }
}
