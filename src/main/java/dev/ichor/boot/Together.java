package dev.ichor.boot;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Services that run together and stop together: the first to end ends all. Cancelling is
/// interrupting.
public final class Together {
    private Together() {}

    /// One service.
    ///
    /// @param name for our log and for messages
    /// @param body runs until it is done, fails, or is interrupted
    public record Service(String name, Body body) {}

    /// A service's work.
    @FunctionalInterface
    public interface Body {
        /// Runs until it is done, fails, or is interrupted.
        void run() throws Exception;
    }

    private record End(@Nullable Exception failure) {}

    /// Runs all on virtual threads; returns when all have stopped.
    ///
    /// @throws InterruptedException when the caller was interrupted; all services have stopped by
    ///   then
    /// @throws Exception the first failure
    public static void run(List<Service> services) throws Exception {
        BlockingQueue<End> ends = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (Service s : services) {
            threads.add(Thread.ofVirtual().name(s.name()).start(() -> ends.add(end(s))));
        }
        try {
            End first = ends.take();
            if (first.failure() != null) {
                throw first.failure();
            }
        } finally {
            threads.forEach(Thread::interrupt);
            joinAll(threads);
        }
    }

    private static End end(Service s) {
        try {
            s.body().run();
            return new End(null);
        } catch (Exception e) {
            return new End(e);
        }
    }

    /// Waits for all even when interrupted again, so that no socket outlives the call.
    private static void joinAll(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread t : threads) {
            while (t.isAlive()) {
                try {
                    t.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
