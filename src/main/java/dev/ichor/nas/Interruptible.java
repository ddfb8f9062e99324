package dev.ichor.nas;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

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

    /// Runs work that opens something; what is open only after the interrupt is closed at once.
    static <T> T open(Callable<T> work, Consumer<T> close)
            throws IOException, InterruptedException {
        AtomicReference<@Nullable T> opened = new AtomicReference<>();
        AtomicBoolean unwanted = new AtomicBoolean();
        Runnable closeUnwanted =
                () -> {
                    T it = opened.get();
                    if (it != null && unwanted.get()) {
                        close.accept(it);
                    }
                };
        return call(
                () -> {
                    T it = work.call();
                    opened.set(it);
                    closeUnwanted.run();
                    return it;
                },
                () -> {
                    unwanted.set(true);
                    closeUnwanted.run();
                });
    }

    /// What work on another thread threw.
    static IOException same(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> new IOException(cause);
        };
    }
}
