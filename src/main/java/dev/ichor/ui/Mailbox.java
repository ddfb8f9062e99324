package dev.ichor.ui;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Between the many threads that tell events and the one that shows them. Of a transfer's progress
/// only the latest is kept, so that nothing piles up while nobody looks.
final class Mailbox implements AutoCloseable {
    private final Object lock = new Object();
    private final Map<String, BootEvent.TransferProgress> moving = new LinkedHashMap<>();
    private final Runnable stop;
    private List<BootEvent> events = new ArrayList<>();

    Mailbox(BootLog log) {
        stop = log.listen(this::put);
    }

    /// Everything since the last call, progress last.
    List<BootEvent> drain() {
        synchronized (lock) {
            List<BootEvent> all = events;
            all.addAll(moving.values());
            moving.clear();
            events = new ArrayList<>();
            return all;
        }
    }

    private void put(BootEvent event) {
        synchronized (lock) {
            switch (event) {
                case BootEvent.TransferProgress p -> moving.put(p.ip() + " " + p.file(), p);
                case BootEvent.TransferDone d -> end(d, d.ip() + " " + d.file());
                case BootEvent.TransferFailed f -> end(f, f.ip() + " " + f.file());
                default -> events.add(event);
            }
        }
    }

    /// Its progress must not be told after its end.
    private void end(BootEvent event, String transfer) {
        moving.remove(transfer);
        events.add(event);
    }

    @Override
    public void close() {
        stop.run();
    }
}
