package dev.ichor.netboot;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Does in order, on a thread of its own, what must not hold up the one that receives: telling
/// events writes a file. Bounded: what does not fit in is left out.
final class Later implements AutoCloseable {
    /// A thousand machines at once tell three things each.
    private static final int MAX = 8192;

    /// After so many, or when there is no more, it lets the receiving threads have the processor: a
    /// burst is answered first and told a moment later.
    private static final int AT_ONCE = 100;

    private static final long PAUSE = 20_000_000; // ns

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX);
    private final LongAdder leftOut = new LongAdder();
    private final Thread worker;

    Later(String name) {
        worker = Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    void run(Runnable task) {
        if (!waiting.offer(task)) {
            leftOut.increment(); // not logged: that would cost more than what was left out
        }
    }

    private void work() {
        try {
            for (int n = 1; true; n++) {
                done(waiting.take());
                if (n % AT_ONCE == 0 || waiting.isEmpty()) {
                    LockSupport.parkNanos(PAUSE);
                }
                if (waiting.isEmpty() && leftOut.sum() > 0) {
                    Log.of(Later.class)
                            .log(System.Logger.Level.INFO, "left out: " + leftOut.sumThenReset());
                }
            }
        } catch (InterruptedException e) {
            // Closed: what still waits was seen before, and is told.
            for (Runnable left = waiting.poll(); left != null; left = waiting.poll()) {
                done(left);
            }
        }
    }

    private static void done(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Log.of(Later.class).log(System.Logger.Level.ERROR, "not told", e);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
