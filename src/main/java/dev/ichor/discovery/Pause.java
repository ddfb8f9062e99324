package dev.ichor.discovery;

import java.time.Duration;

/// Lets time pass; `Thread::sleep` outside tests.
@FunctionalInterface
public interface Pause {
    /// Waits that long.
    void pause(Duration time) throws InterruptedException;
}
