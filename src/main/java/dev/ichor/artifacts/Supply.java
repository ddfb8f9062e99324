package dev.ichor.artifacts;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// Where one image's files are taken from. Names are those of the release page.
interface Supply extends Closeable {
    /// Host or folder, for messages.
    String where();

    /// A small text, or nothing when it is not there.
    Optional<String> text(String name) throws IOException, InterruptedException;

    /// A file, complete and checked.
    ///
    /// @param wanted its SHA-256, or null when nobody knows it
    /// @return its SHA-256
    String file(String name, Partial to, @Nullable String wanted, Meter.Part progress)
            throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
}
