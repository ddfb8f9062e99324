package dev.ichor.nas;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// A file that is read and hashed on a thread of its own, a few blocks ahead of the one that sends
/// it: hashing takes a sixth of the time that sending takes.
final class HashingAhead extends InputStream {
    private static final int BLOCK = 256 << 10;
    private static final int AHEAD = 8;

    private final InputStream in;
    private final MessageDigest digest = Hashes.sha256();
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;
    private Block now = new Block(new byte[1], null);
    private int at = 1;

    /// What was read; none at the end.
    ///
    /// @param failed what stood in the way, or null
    private record Block(byte[] bytes, @Nullable IOException failed) {
        boolean last() {
            return bytes.length == 0;
        }
    }

    /// @param in is closed with this one
    HashingAhead(InputStream in) {
        this.in = in;
        this.reader = Thread.ofVirtual().name("reading ahead").start(this::readAll);
    }

    private void readAll() {
        try {
            Block block;
            do {
                block = next();
                digest.update(block.bytes());
                blocks.put(block);
            } while (!block.last());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed before its end
        }
    }

    private Block next() {
        try {
            return new Block(in.readNBytes(BLOCK), null);
        } catch (IOException e) {
            return new Block(new byte[0], e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (at == now.bytes().length && !now.last()) {
            now = taken();
            at = 0;
        }
        if (now.failed() != null) {
            throw now.failed();
        }
        if (now.last()) {
            return -1;
        }
        int n = Math.min(length, now.bytes().length - at);
        System.arraycopy(now.bytes(), at, buffer, offset, n);
        at += n;
        return n;
    }

    private Block taken() throws IOException {
        try {
            return blocks.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// The SHA-256 of all, once its end was read, as hex.
    String sha256() {
        if (!now.last() || now.failed() != null) {
            throw new IllegalStateException("not read to its end");
        }
        return Hashes.hex(digest);
    }

    @Override
    public void close() throws IOException {
        reader.interrupt();
        in.close();
    }
}
