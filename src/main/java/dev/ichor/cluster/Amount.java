package dev.ichor.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// How far a long piece of work is.
///
/// @param what what is being worked on now, a few words
/// @param done bytes or items done
/// @param of bytes or items in all, −1 when not known
/// @param perSecond how many a second lately, 0 when not known
public record Amount(String what, long done, long of, double perSecond) {
    /// For callers that do not want to know.
    public static final Consumer<Amount> IGNORE = amount -> {};

    /// How fast is not known.
    public Amount(String what, long done, long of) {
        this(what, done, of, 0);
    }

    /// Between 0 and 1, or −1 when the total is not known.
    public double fraction() {
        return of <= 0 ? -1 : Math.min(1, (double) done / of);
    }

    /// How long the rest takes at this rate.
    public Optional<Duration> left() {
        return of < done || perSecond <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(1000 * (of - done) / perSecond)));
    }
}
