package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to a real NAS on which something happens just before each call or block of data.
record Mishap(Remote to, Runnable before) implements Remote {
    /// Once, at one of them, counted over all hands.
    static Mishap at(int point, Remote to, Runnable what) {
        AtomicInteger left = new AtomicInteger(point);
        return new Mishap(
                to,
                () -> {
                    if (left.decrementAndGet() == 0) {
                        what.run();
                    }
                });
    }

    @Override
    public Optional<Stat> stat(String path) throws ProblemException {
        before.run();
        return to.stat(path);
    }

    @Override
    public void get(String path, OutputStream out) throws ProblemException {
        before.run();
        to.get(path, out);
    }

    @Override
    public String hash(String path, long size) throws ProblemException {
        before.run();
        return to.hash(path, size);
    }

    @Override
    public Optional<Map<String, Stat>> listing(String folder) throws ProblemException {
        before.run();
        return to.listing(folder);
    }

    @Override
    public long whole(long size) {
        return to.whole(size);
    }

    @Override
    public void put(String path, InputStream in, long from) throws ProblemException {
        before.run();
        to.put(
                path,
                new FilterInputStream(in) {
                    @Override
                    public int read(byte[] b, int off, int len) throws IOException {
                        before.run();
                        return super.read(b, off, Math.min(len, 64 << 10));
                    }
                },
                from);
    }

    @Override
    public void discard(String path) {
        before.run();
        to.discard(path);
    }

    @Override
    public void rename(String from, String name) throws ProblemException {
        before.run();
        to.rename(from, name);
    }

    @Override
    public void makeParents(String path) throws ProblemException {
        before.run();
        to.makeParents(path);
    }

    @Override
    public Optional<List<String>> names(String folder) {
        before.run();
        return to.names(folder);
    }

    @Override
    public Readers shut(String folder) throws ProblemException {
        before.run();
        return to.shut(folder);
    }

    @Override
    public OptionalLong free() {
        return to.free();
    }

    @Override
    public Remote another() throws ProblemException {
        return new Mishap(to.another(), before);
    }

    @Override
    public void close() {
        to.close();
    }
}
