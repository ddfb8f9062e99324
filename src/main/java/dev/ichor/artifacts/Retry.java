package dev.ichor.artifacts;

import java.time.Duration;

/// How often and how long to wait before asking a server again.
///
/// @param tries in a row that brought nothing
/// @param first pause; each further one is twice as long
/// @param longest what a server may ask for (`Retry-After`) before we tell the owner instead
/// @param sleep waits
record Retry(int tries, Duration first, Duration longest, Internet.Pause sleep) {

    /// Five tries: 1, 2, 4 and 8 seconds apart.
    static Retry usual(Internet.Pause sleep) {
        return new Retry(5, Duration.ofSeconds(1), Duration.ofMinutes(2), sleep);
    }

    /// @param failed tries in a row that brought nothing, from 1
    void pause(int failed) throws InterruptedException {
        sleep.pause(first.multipliedBy(1L << Math.min(failed - 1, 10)));
    }
}
