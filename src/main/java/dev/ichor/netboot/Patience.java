package dev.ichor.netboot;

import java.time.Duration;

/// How long to wait before a packet is sent again: four round trips, doubled at each loss. What
/// makes lossy transfers fast is this, far more than anything else.
final class Patience {
    private static final long FLOOR = Duration.ofMillis(40).toNanos();

    /// Before the first answer tells the round trip.
    private static final long FIRST = Duration.ofMillis(250).toNanos();

    private static final int ROUND_TRIPS = 4;
    private static final int MAX_DOUBLED = 16;

    /// A client that is silent for so many of its longest waits is given up.
    private static final int TRIES = 6;

    /// And at last after this: clients may name a wait of four minutes (RFC 2349).
    private static final long LAST = Duration.ofMinutes(2).toNanos();

    private final long longest;
    private long roundTrip;
    private long silence;
    private int losses;

    /// @param longest the longest wait, one second if the client names none (RFC 2349)
    Patience(Duration longest) {
        this.longest = longest.toNanos();
    }

    /// The wait from now on.
    long nanos() {
        long first = roundTrip == 0 ? FIRST : Math.max(FLOOR, ROUND_TRIPS * roundTrip);
        return Math.min(longest, first << Math.min(losses, MAX_DOUBLED));
    }

    /// An answer came.
    ///
    /// @param nanos after the last send
    void answered(long nanos) {
        // After a repeat nobody knows which of the two was answered (Karn).
        if (losses == 0) {
            roundTrip = roundTrip == 0 ? nanos : roundTrip + (nanos - roundTrip) / 8;
        }
        losses = 0;
        silence = 0;
    }

    /// No answer came in time.
    ///
    /// @return whether to give up
    boolean lost() {
        silence += nanos();
        losses++;
        return silence >= Math.min(LAST, TRIES * longest);
    }
}
