package dev.ichor.netboot;

import dev.ichor.boot.Content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// A file as TFTP sends it: blocks from any place, again and again.
sealed interface TftpFile extends AutoCloseable {
    /// What is translated is held in memory; only people ask for this mode, and for small files.
    int MAX_NETASCII = 16 << 20;

    long size();

    /// Fills `into` from `at` to its end, less at the end of the file.
    ///
    /// @return bytes read
    /// @throws IOException when the file cannot be read, or became shorter
    int read(long offset, byte[] into, int at) throws IOException;

    @Override
    default void close() throws IOException {}

    /// Opens a content in `octet` or `netascii`.
    ///
    /// @throws IOException when it cannot be read, or is too large for netascii
    static TftpFile open(Content content, String mode) throws IOException {
        if (mode.equals("netascii")) {
            return new Held(netascii(content));
        }
        return switch (content) {
            case Content.Text t -> new Held(t.bytes());
            case Content.File f ->
                    new OnDisk(FileChannel.open(f.path(), StandardOpenOption.READ), f.size());
        };
    }

    /// Line ends become CR LF, a lone CR becomes CR NUL (RFC 764).
    private static byte[] netascii(Content content) throws IOException {
        if (content.size() > MAX_NETASCII) {
            throw new IOException("Too large for netascii.");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = content.open()) {
            for (byte b : in.readAllBytes()) {
                if (b == '\n') {
                    out.write('\r');
                }
                out.write(b);
                if (b == '\r') {
                    out.write(0);
                }
            }
        }
        return out.toByteArray();
    }

    /// In memory.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(byte[] bytes) implements TftpFile {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long offset, byte[] into, int at) {
            int n = (int) Math.min(into.length - at, bytes.length - offset);
            System.arraycopy(bytes, (int) offset, into, at, n);
            return n;
        }
    }

    /// On disk.
    record OnDisk(FileChannel channel, long size) implements TftpFile {
        @Override
        public int read(long offset, byte[] into, int at) throws IOException {
            int n = (int) Math.min(into.length - at, size - offset);
            ByteBuffer b = ByteBuffer.wrap(into, at, n);
            while (b.hasRemaining()) {
                if (channel.read(b, offset + b.position() - at) < 0) {
                    throw new IOException("The file became shorter while it was sent.");
                }
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
