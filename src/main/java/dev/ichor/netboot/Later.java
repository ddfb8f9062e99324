package dev.ichor.netboot;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Does in order, on a thread of its own, what must not hold up the one that receives: telling
/// events writes a file. Bounded: what does not fit in is left out.
final class Later implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Later.class.getName());

    /// A thousand machines at once tell three things each.
    private static final int MAX = 8192;

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX);
    private final Thread worker;

    Later(String name) {
        worker = Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    void run(Runnable task) {
        if (!waiting.offer(task)) {
            LOG.log(System.Logger.Level.DEBUG, "too much at once, left out");
        }
    }

    private void work() {
        try {
            while (true) {
                done(waiting.take());
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
            LOG.log(System.Logger.Level.ERROR, "not told", e);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
