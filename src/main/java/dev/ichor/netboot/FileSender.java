package dev.ichor.netboot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// How the bytes of one answer get from a file to a socket; by operating system.
sealed interface FileSender {
    /// The best one here.
    static FileSender here() {
        // Java's transferTo on Windows would map the file, which then could not be replaced.
        return System.getProperty("os.name").startsWith("Windows")
                ? new Copied(Copied.PIECE)
                : new ByKernel();
    }

    /// Sends some of the file; waits until the socket takes something.
    ///
    /// @return how many bytes; none when the file ends before `at`
    /// @throws IOException when the peer is gone or the file cannot be read
    long send(FileChannel in, long at, long length, SocketChannel to) throws IOException;

    /// Within the kernel, by `sendfile` where it has it.
    final class ByKernel implements FileSender {
        private static final int FEW = 4 << 10;

        private final FileSender waiting = new Copied(FEW);
        private boolean full;

        @Override
        public long send(FileChannel in, long at, long length, SocketChannel to)
                throws IOException {
            long n = full ? 0 : in.transferTo(at, length, to);
            full = n > 0 && n < length;
            // On a virtual thread the socket never blocks underneath, so transferTo takes what fits
            // into the send buffer, and nothing when it is full; an ordinary write waits for room.
            return n > 0 ? n : waiting.send(in, at, length, to);
        }
    }

    /// Read and written.
    final class Copied implements FileSender {
        private static final int PIECE = 64 << 10;

        private final int piece;
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        /// @param piece bytes at once
        Copied(int piece) {
            this.piece = piece;
        }

        @Override
        public long send(FileChannel in, long at, long length, SocketChannel to)
                throws IOException {
            if (buffer.capacity() == 0) {
                buffer = ByteBuffer.allocate(piece);
            }
            buffer.clear().limit((int) Math.min(piece, length));
            int n = in.read(buffer, at);
            HttpBody.write(buffer.flip(), to);
            return n;
        }
    }
}
