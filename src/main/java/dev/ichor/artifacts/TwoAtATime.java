package dev.ichor.artifacts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Runs downloads, two at the same time; the first failure or an interrupt stops the rest, and
/// nothing is at work any more when it returns.
final class TwoAtATime {
    private static final int TWO = 2;

    private TwoAtATime() {}

    static void run(List<Callable<Void>> jobs) throws IOException, InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(TWO, Thread.ofVirtual().name("download").factory())) {
            ExecutorCompletionService<Void> done = new ExecutorCompletionService<>(threads);
            jobs.forEach(done::submit);
            try {
                for (int i = 0; i < jobs.size(); i++) {
                    done.take().get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static IOException failure(@Nullable Throwable cause) throws InterruptedException {
        return switch (cause) {
            case IOException e -> e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }
}
