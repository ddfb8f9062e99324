package dev.ichor.nas;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Comparison.File;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// How far a copying is. Told by one thread at a time.
final class Progress {
    private static final String READING = "Reading back";

    private final Consumer<Amount> tell;
    private long all;
    private long done;
    private long sent;

    Progress(Consumer<Amount> tell) {
        this.tell = tell;
    }

    /// So many bytes there are.
    synchronized void all(long bytes) {
        all = bytes;
    }

    /// Bytes that went over the line.
    synchronized long sent() {
        return sent;
    }

    /// A file is there already.
    void skip(File file) {
        skip(file.path(), file.content().size());
    }

    /// So much of a file is there already.
    synchronized void skip(String path, long bytes) {
        if (bytes > 0) {
            done += bytes;
            tell.accept(new Amount(path, done, all));
        }
    }

    /// All is sent, and so much of it is to be read back.
    synchronized void readBack(long bytes) {
        all = bytes;
        done = 0;
        if (bytes > 0) {
            tell.accept(new Amount(READING, 0, all));
        }
    }

    /// A file was read back.
    synchronized void read(File file) {
        done += file.content().size();
        tell.accept(new Amount(READING, done, all));
    }

    private synchronized void more(String path, int bytes) {
        done += bytes;
        sent += bytes;
        tell.accept(new Amount(path, done, all));
    }

    /// Tells while it is read.
    InputStream counting(InputStream in, String path) {
        return new Counting(in, path);
    }

    private final class Counting extends FilterInputStream {
        private final String path;

        Counting(InputStream in, String path) {
            super(in);
            this.path = path;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = readHere(buffer, offset, length);
            if (n > 0) {
                more(path, n);
            }
            return n;
        }

        /// Told apart from a broken line, which looks the same to JSch.
        private int readHere(byte[] buffer, int offset, int length) throws ProblemException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                throw TransferWords.unreadable(path, e);
            }
        }
    }
}
