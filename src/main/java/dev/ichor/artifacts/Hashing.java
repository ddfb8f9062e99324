package dev.ichor.artifacts;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Computes a checksum of what passes by, on a thread of its own: hashing costs as much as a third
/// of a fast download.
final class Hashing implements AutoCloseable {
    private static final int BUFFERS = 2;
    private static final int WIDTH = 1 << 17;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final MessageDigest digest;
    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS + 2);
    private final Thread thread;

    /// @param digest has seen what came before
    Hashing(MessageDigest digest) {
        this.digest = digest;
        for (int i = 0; i < BUFFERS; i++) {
            free.add(ByteBuffer.allocate(WIDTH));
        }
        thread = Thread.ofVirtual().name("hash").start(this::run);
    }

    /// An empty buffer to fill.
    ByteBuffer buffer() throws InterruptedException {
        return free.take().clear();
    }

    /// Takes a buffer that is ready to be read.
    void add(ByteBuffer filled) {
        full.add(filled);
    }

    /// The checksum of all, hex.
    String sum() throws InterruptedException {
        full.add(END);
        thread.join();
        return Sums.hex(digest);
    }

    private void run() {
        try {
            for (ByteBuffer b = full.take(); b.capacity() > 0; b = full.take()) {
                digest.update(b);
                free.add(b);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants the sum any more
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
