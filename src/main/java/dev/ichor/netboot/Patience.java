package dev.ichor.netboot;

import java.time.Duration;

/// How long to wait before a packet is sent again: four round trips, doubled at each loss. What
/// makes lossy transfers fast is this, far more than anything else.
final class Patience {
    private static final long FLOOR = Duration.ofMillis(40).toNanos();
    private static final long FIRST = Duration.ofMillis(250).toNanos();
    private static final int ROUND_TRIPS = 4;

    /// The client is given up after so many losses in a row at the longest wait.
    private static final int TRIES = 6;

    private final long longest;
    private long roundTrip = FIRST / ROUND_TRIPS;
    private int losses;
    private int longWaits;

    /// @param longest the longest wait, one second if the client names none (RFC 2349)
    Patience(Duration longest) {
        this.longest = longest.toNanos();
    }

    /// The wait from now on.
    long nanos() {
        long wait = Math.max(FLOOR, ROUND_TRIPS * roundTrip) << Math.min(losses, 10);
        return Math.min(longest, wait);
    }

    /// An answer came.
    ///
    /// @param nanos after the last send
    void answered(long nanos) {
        // After a repeat nobody knows which of the two was answered (Karn).
        if (losses == 0) {
            roundTrip += (nanos - roundTrip) / 8;
        }
        losses = 0;
        longWaits = 0;
    }

    /// No answer came in time.
    ///
    /// @return whether to give up
    boolean lost() {
        if (nanos() == longest) {
            longWaits++;
        }
        losses++;
        return longWaits >= TRIES;
    }
}
