package dev.ichor.netboot;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

    /// A part of a file, by `sendfile` where the system has it.
    record Region(Path file, long from, long length) implements HttpBody {
        private static final int BUFFER = 16 << 10;

        @Override
        public void send(SocketChannel to, LongConsumer done) throws IOException {
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                long end = from + length;
                ByteBuffer small = null;
                for (long at = from; at < end; ) {
                    long n = in.transferTo(at, end - at, to);
                    if (n == 0) {
                        // On a virtual thread the socket never blocks underneath, so transferTo
                        // gives 0 when the send buffer is full; an ordinary write waits for room.
                        small = small == null ? ByteBuffer.allocateDirect(BUFFER) : small;
                        n = copy(in, at, end, small, to);
                    }
                    at += n;
                    done.accept(at - from);
                }
            }
        }

        private static long copy(
                FileChannel in, long at, long end, ByteBuffer buffer, SocketChannel to)
                throws IOException {
            buffer.clear().limit((int) Math.min(BUFFER, end - at));
            int n = in.read(buffer, at);
            if (n <= 0) {
                throw new EOFException("The file became shorter while it was sent.");
            }
            write(buffer.flip(), to);
            return n;
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
