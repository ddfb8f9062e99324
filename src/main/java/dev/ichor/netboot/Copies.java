package dev.ichor.netboot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// Small files in memory while they are handed out, so that the thread of all transfers waits for
/// no disk; machines that ask for one at the same time share its bytes. Safe for many threads.
final class Copies {
    /// Bytes; every boot loader is smaller.
    static final int SMALL = 4 << 20;

    /// A copy that no transfer holds any more is forgotten.
    private final Map<Path, WeakReference<Copy>> held = new ConcurrentHashMap<>();

    /// A file as it was when it was read.
    record Copy(Path path, TftpFile.State read, TftpFile.Held held) implements TftpFile {
        @Override
        public long size() {
            return held.size();
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            held.read(offset, into);
        }

        @Override
        public void unchanged() throws IOException {
            read.unchanged(path);
        }
    }

    /// @param state of the file now
    /// @throws IOException when it cannot be read
    Copy of(Path path, TftpFile.State state) throws IOException {
        try {
            AtomicReference<Copy> found = new AtomicReference<>();
            held.compute(
                    path,
                    (p, before) -> {
                        Copy same = before == null ? null : before.get();
                        if (same == null || !same.read.equals(state)) {
                            same = read(path, state);
                        }
                        found.set(same);
                        return new WeakReference<>(same);
                    });
            return found.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Copy read(Path path, TftpFile.State state) {
        try {
            return new Copy(path, state, new TftpFile.Held(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
