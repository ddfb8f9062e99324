package dev.ichor.steps;

import java.io.IOException;
import java.util.List;

/// A router or a NAS that is set for the cluster: shown first, written after a word, put back.
public interface Device extends AutoCloseable {
    /// What would change, one a line.
    List<String> differences() throws IOException, InterruptedException;

    /// Writes the differences shown, nothing else; the old values are on disk before.
    void set() throws IOException, InterruptedException;

    /// What undoing would put back, the last change first.
    List<String> undoable() throws IOException;

    /// Puts every old value back.
    void undo() throws IOException, InterruptedException;

    /// Logs out, where one logs in.
    @Override
    default void close() {}
}
