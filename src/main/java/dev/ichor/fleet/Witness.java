package dev.ichor.fleet;

import java.util.concurrent.CountDownLatch;

/// Waits for the first time that somebody outside has seen something.
final class Witness {
    private final CountDownLatch seen = new CountDownLatch(1);

    void see() {
        seen.countDown();
    }

    void await() throws InterruptedException {
        seen.await();
    }
}
