package dev.ichor.nas;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Makes calls interruptible that swallow interrupts, as JSch's do while they wait for the line.
final class Interruptible {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Interruptible() {}

    /// Runs the work on a thread of its own.
    ///
    /// @param stop breaks the work off from outside
    static <T> T call(Callable<T> work, Runnable stop) throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("nas").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            stop.run();
            thread.interrupt();
            thread.join(GRACE);
            throw e;
        } catch (ExecutionException e) {
            throw same(e.getCause());
        }
    }

    private static IOException same(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> new IOException(cause);
        };
    }
}
