package dev.ichor.netboot;

import dev.ichor.boot.Content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What follows the head of an answer.
sealed interface HttpBody {
    /// Its length, or −1 when it goes on until the connection closes.
    long length();

    /// Sends it, and tells how many bytes are out.
    ///
    /// @throws IOException when the peer is gone or the file cannot be read
    void send(SocketChannel to, LongConsumer done) throws IOException;

    /// Held in memory.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements HttpBody {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void send(SocketChannel to, LongConsumer done) throws IOException {
            write(ByteBuffer.wrap(bytes), to);
            done.accept(bytes.length);
        }
    }

    /// The file, not the peer, is why an answer breaks off; the message is a sentence that names
    /// it.
    final class FileTrouble extends IOException {
        private static final long serialVersionUID = 1;

        FileTrouble(Path file, String what) {
            super("The file " + file + " " + what + " while it was sent.");
        }
    }

    /// A part of a file.
    ///
    /// @param file as it was when its length was promised
    record Region(Content.File file, long from, long length) implements HttpBody {
        /// The last bytes are kept back until the file is known to be the same still.
        private static final int LAST = 4 << 10;

        @Override
        public void send(SocketChannel to, LongConsumer done) throws IOException {
            try (FileChannel in = open()) {
                long end = from + length;
                long last = Math.max(from, end - LAST);
                FileSender sender = FileSender.here();
                for (long at = from; at < end; ) {
                    if (at == last) {
                        unchanged();
                    }
                    long n = sender.send(in, at, (at < last ? last : end) - at, to);
                    if (n <= 0) {
                        throw new FileTrouble(file.path(), "became shorter");
                    }
                    at += n;
                    done.accept(at - from);
                }
            }
        }

        private FileChannel open() throws IOException {
            try {
                return FileChannel.open(file.path(), StandardOpenOption.READ);
            } catch (NoSuchFileException e) {
                throw new FileTrouble(file.path(), "went away");
            }
        }

        private void unchanged() throws IOException {
            Optional<Content> now = Content.File.ifThere(file.path());
            if (!now.equals(Optional.of(file))) {
                throw new FileTrouble(file.path(), now.isEmpty() ? "went away" : "changed");
            }
        }
    }

    /// One after the other.
    record Joined(List<HttpBody> parts) implements HttpBody {
        @Override
        public long length() {
            return parts.stream().mapToLong(HttpBody::length).sum();
        }

        @Override
        public void send(SocketChannel to, LongConsumer done) throws IOException {
            long sent = 0;
            for (HttpBody part : parts) {
                long before = sent;
                part.send(to, n -> done.accept(before + n));
                sent += part.length();
            }
        }
    }

    /// Written bit by bit until the writer ends or the peer is gone.
    record Stream(Writer writer) implements HttpBody {
        /// Writes the body.
        @FunctionalInterface
        interface Writer {
            void write(SocketChannel to) throws IOException, InterruptedException;
        }

        @Override
        public long length() {
            return -1;
        }

        @Override
        public void send(SocketChannel to, LongConsumer done) throws IOException {
            try {
                writer.write(to);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Writes all of it.
    static void write(ByteBuffer bytes, SocketChannel to) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
