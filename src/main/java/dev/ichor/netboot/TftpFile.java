package dev.ichor.netboot;

import dev.ichor.boot.Content;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// A file as TFTP sends it: blocks from any place, again and again.
sealed interface TftpFile extends AutoCloseable
        permits TftpFile.Held, TftpFile.OnDisk, Copies.Copy, Netascii {
    long size();

    /// Fills `into` from `offset` on; the file must hold as much there.
    ///
    /// @throws Changed when the file became shorter
    /// @throws IOException when it cannot be read
    void read(long offset, ByteBuffer into) throws IOException;

    /// Makes sure that what was read belongs together.
    ///
    /// @throws Changed when the file was written to since it was opened
    default void unchanged() throws IOException {}

    /// @throws IOException when the system says so
    @Override
    default void close() throws IOException {}

    /// It is not the file any more that was opened.
    final class Changed extends IOException {
        private static final long serialVersionUID = 1;

        private final String what;

        Changed(String how) {
            super(how);
            this.what = "The file " + how + " while it was sent.";
        }

        String what() {
            return what;
        }
    }

    /// Opens a content in `octet` or `netascii`.
    ///
    /// @param copies of small files
    /// @throws IOException when it cannot be read, or is too large for netascii
    static TftpFile open(Content content, String mode, Copies copies) throws IOException {
        TftpFile raw =
                switch (content) {
                    case Content.Text t -> new Held(t.bytes());
                    case Content.File f -> OnDisk.open(f.path(), copies);
                };
        if (!mode.equals("netascii")) {
            return raw;
        }
        try {
            return Netascii.of(raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// In memory.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(byte[] bytes) implements TftpFile {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            into.put(bytes, (int) offset, into.remaining());
        }
    }

    /// What tells one state of a file from another.
    ///
    /// @param key which file of the disk it is, or null where the system does not tell
    record State(long size, FileTime modified, @Nullable Object key) {
        static State of(Path path) throws IOException {
            BasicFileAttributes a = Files.readAttributes(path, BasicFileAttributes.class);
            return new State(a.size(), a.lastModifiedTime(), a.fileKey());
        }

        /// A file that was deleted or replaced by another is still whole for who has it open.
        ///
        /// @throws Changed when the file was written to since
        void unchanged(Path path) throws IOException {
            try {
                State now = of(path);
                boolean same = key == null || key.equals(now.key);
                if (same && !equals(now)) {
                    throw new Changed("was changed");
                }
            } catch (NoSuchFileException e) {
                return;
            }
        }
    }

    /// On disk. Read by position, never mapped: reading a map of a file that became shorter would
    /// stop the whole program.
    record OnDisk(Path path, FileChannel channel, State opened) implements TftpFile {
        static TftpFile open(Path path, Copies copies) throws IOException {
            State state = State.of(path);
            return state.size <= Copies.SMALL
                    ? copies.of(path, state)
                    : new OnDisk(path, FileChannel.open(path, StandardOpenOption.READ), state);
        }

        @Override
        public long size() {
            return opened.size;
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            for (long at = offset; into.hasRemaining(); ) {
                int n = channel.read(into, at);
                if (n < 0) {
                    throw new Changed("became shorter");
                }
                at += n;
            }
        }

        @Override
        public void unchanged() throws IOException {
            opened.unchanged(path);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
