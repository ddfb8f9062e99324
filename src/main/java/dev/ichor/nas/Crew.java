package dev.ichor.nas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Several ways to one folder, for much that is small: most of its time is waiting for answers.
final class Crew implements AutoCloseable {
    /// OpenSSH lets ten channels into one connection (MaxSessions).
    private static final int AT_ONCE = 8;

    /// A further way takes as many round trips to open.
    private static final int WORTH_IT = 4;

    private final List<Remote> hands = new ArrayList<>();

    /// Done with one item.
    ///
    /// @param <T> the items
    /// @param <R> what comes of one
    interface Task<T, R> {
        R run(Remote hand, T item) throws IOException;
    }

    Crew(Remote first) {
        hands.add(first);
    }

    /// Does it for all, several at once; begun in the order of the list. The first failure stops
    /// what has not begun.
    ///
    /// @return what came of them, in the order of the list
    <T, R> List<R> each(List<T> items, Task<T, R> task) throws IOException {
        hire(items.size());
        Heap<T, R> heap = new Heap<>(items, task);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Remote hand : hands.subList(0, Math.min(hands.size(), items.size()))) {
                all.add(pool.submit(() -> heap.work(hand)));
            }
        }
        rethrow(all);
        return heap.results();
    }

    /// What is to be done, and what is.
    private static final class Heap<T, R> {
        private final List<T> items;
        private final Task<T, R> task;
        private final Map<Integer, R> results = new ConcurrentHashMap<>();
        private final AtomicInteger next = new AtomicInteger();
        private volatile boolean failed;

        Heap(List<T> items, Task<T, R> task) {
            this.items = items;
            this.task = task;
        }

        /// Until there is nothing left.
        boolean work(Remote hand) throws IOException {
            for (int i = next.getAndIncrement();
                    i < items.size() && !failed;
                    i = next.getAndIncrement()) {
                boolean well = false;
                try {
                    results.put(i, task.run(hand, items.get(i)));
                    well = true;
                } finally {
                    if (!well) {
                        failed = true;
                    }
                }
            }
            return true;
        }

        List<R> results() {
            return IntStream.range(0, items.size()).mapToObj(results::get).toList();
        }
    }

    private static void rethrow(List<Future<?>> all) throws IOException {
        for (Future<?> f : all) {
            try {
                f.get();
            } catch (ExecutionException e) {
                throw Interruptible.same(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /// A NAS that gives no more ways is served with those there are.
    private void hire(int wanted) {
        List<Future<Remote>> more = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = hands.size(); i < Math.min(Math.ceilDiv(wanted, WORTH_IT), AT_ONCE); i++) {
                more.add(pool.submit(hands.getFirst()::another));
            }
        }
        for (Future<Remote> hand : more) {
            if (hand.state() == Future.State.SUCCESS) {
                hands.add(hand.resultNow());
            }
        }
    }

    /// Gives back all but the first.
    @Override
    public void close() {
        hands.subList(1, hands.size()).forEach(Remote::close);
        hands.subList(1, hands.size()).clear();
    }
}
