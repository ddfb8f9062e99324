package dev.ichor.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/// What a [BootTree] holds at a path.
public sealed interface Content {
    /// Size in bytes.
    long size();

    /// The bytes, from the beginning.
    InputStream open() throws IOException;

    /// A small text held in memory.
    record Text(String text) implements Content {
        @Override
        public long size() {
            return bytes().length;
        }

        /// UTF-8.
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes());
        }
    }

    /// A file on this PC.
    ///
    /// @param size bytes when it was looked at
    /// @param modified last modification when it was looked at
    record File(Path path, long size, Instant modified) implements Content {
        /// Looks at the file.
        ///
        /// @throws IOException when it is not there
        public static File at(Path path) throws IOException {
            return new File(path, Files.size(path), Files.getLastModifiedTime(path).toInstant());
        }

        /// Looks at the file.
        ///
        /// @return empty when no such file is there
        public static Optional<Content> ifThere(Path path, LinkOption... links) {
            try {
                BasicFileAttributes is =
                        Files.readAttributes(path, BasicFileAttributes.class, links);
                return is.isRegularFile()
                        ? Optional.of(new File(path, is.size(), is.lastModifiedTime().toInstant()))
                        : Optional.empty();
            } catch (IOException e) {
                // Not there, or gone since the folder was listed.
                return Optional.empty();
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }
    }
}
