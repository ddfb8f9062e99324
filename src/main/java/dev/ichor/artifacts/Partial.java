package dev.ichor.artifacts;

import dev.ichor.cluster.ProblemException;

import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file that is not complete yet, and beside it (`NAME.from`) which version of the file the
/// server said it is, so that two versions are never spliced (RFC 9110 section 13.1.5).
///
/// @param file where the bytes are collected
record Partial(Path file) {
    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /// A strong `ETag`, else `Last-Modified`, of what lies here.
    Optional<String> version() throws IOException {
        try {
            String text = Files.readString(from());
            return text.isBlank() ? Optional.empty() : Optional.of(text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Empties it for the file this answer brings.
    FileChannel begin(Response response) throws ProblemException {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(from(), versionOf(response));
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw Words.cannotWrite(file, e);
        }
    }

    /// Opens it at its end.
    FileChannel goOn() throws ProblemException {
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Words.cannotWrite(file, e);
        }
    }

    void delete() throws ProblemException {
        try {
            Files.deleteIfExists(from());
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Words.cannotWrite(file, e);
        }
    }

    private static String versionOf(Response response) {
        @Nullable String tag = response.header("ETag");
        if (tag != null && !tag.startsWith("W/")) {
            return tag;
        }
        @Nullable String modified = response.header("Last-Modified");
        return modified == null ? "" : modified;
    }

    private Path from() {
        return file.resolveSibling(file.getFileName() + ".from");
    }
}
