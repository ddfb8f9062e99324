package dev.ichor.fleet;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What has been opened so far, closed in the opposite order.
final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /// Notes it and gives it back.
    <T extends AutoCloseable> T add(T opened) {
        open.push(opened);
        return opened;
    }

    /// Closes everything, whatever fails on the way.
    ///
    /// @throws IOException the first failure
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new IOException("not closed", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
