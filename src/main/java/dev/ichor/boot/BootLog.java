package dev.ichor.boot;

import org.jspecify.annotations.Nullable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What happened, in order, append-only. Safe for many threads; listeners are called in order, one
/// event at a time, on the thread that appended, and must be quick.
public final class BootLog implements AutoCloseable {
    private final List<BootEvent> events = new ArrayList<>();
    private final List<Consumer<BootEvent>> listeners = new CopyOnWriteArrayList<>();
    private final @Nullable BufferedWriter file;

    /// In memory only.
    public BootLog() {
        this.file = null;
    }

    /// Appends to a file of JSON lines too; the file is created when missing.
    ///
    /// @throws IOException when it cannot be written
    public BootLog(Path file) throws IOException {
        this.file =
                Files.newBufferedWriter(
                        file,
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
    }

    /// Appends one event and tells the listeners.
    public synchronized void append(BootEvent event) {
        if (!(event instanceof BootEvent.TransferProgress)) {
            events.add(event);
            write(event);
        }
        for (Consumer<BootEvent> l : listeners) {
            l.accept(event);
        }
    }

    /// Tells the listener everything so far, then everything to come.
    ///
    /// @return call it to stop listening
    public synchronized Runnable listen(Consumer<BootEvent> listener) {
        events.forEach(listener);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// A copy of everything so far, progress of transfers left out.
    public synchronized List<BootEvent> events() {
        return List.copyOf(events);
    }

    /// The event as one line of JSON, without line end.
    public static String line(BootEvent event) {
        return EventJson.write(event);
    }

    /// The events of a saved log; lines that are no events are left out.
    ///
    /// @throws IOException when the file cannot be read
    public static List<BootEvent> replay(Path file) throws IOException {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.flatMap(l -> EventJson.read(l).stream()).toList();
        }
    }

    /// The event of one line of JSON.
    public static java.util.Optional<BootEvent> parse(String line) {
        return EventJson.read(line);
    }

    private void write(BootEvent event) {
        if (file == null) {
            return;
        }
        try {
            file.write(EventJson.write(event));
            file.newLine();
            file.flush();
        } catch (IOException e) {
            // A full disk must not stop the boot server; the view goes on from memory.
            System.getLogger(BootLog.class.getName())
                    .log(System.Logger.Level.WARNING, "boot log not written", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
