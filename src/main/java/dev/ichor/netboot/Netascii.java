package dev.ichor.netboot;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file in `netascii`: line ends become CR LF, a lone CR becomes CR NUL (RFC 764). Translated in
/// pieces where it is read, so a large file costs little memory.
final class Netascii implements TftpFile {
    /// Bytes of the file that are translated at once.
    private static final int PIECE = 8 << 10;

    /// Only people ask for this mode, and for small files.
    private static final long MAX_SIZE = 64 << 20;

    private final TftpFile raw;

    /// Where each piece begins once translated; the last one is the size.
    private final long[] begins;

    private final ByteBuffer translated = ByteBuffer.allocate(2 * PIECE);
    private int piece = -1;

    private Netascii(TftpFile raw, long[] begins) {
        this.raw = raw;
        this.begins = begins;
    }

    /// Reads the file once for its size.
    ///
    /// @throws IOException when it cannot be read or is too large
    static Netascii of(TftpFile raw) throws IOException {
        if (raw.size() > MAX_SIZE) {
            throw new IOException("It is too large for netascii; ask for it in mode octet.");
        }
        int pieces = (int) ((raw.size() + PIECE - 1) / PIECE);
        Netascii file = new Netascii(raw, new long[pieces + 1]);
        for (int i = 0; i < pieces; i++) {
            file.translate(i);
            file.begins[i + 1] = file.begins[i] + file.translated.limit();
        }
        return file;
    }

    @Override
    public long size() {
        return begins[begins.length - 1];
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        int wanted = Math.max(piece, 0);
        while (into.hasRemaining()) {
            long at = offset;
            while (begins[wanted] > at) {
                wanted--;
            }
            while (begins[wanted + 1] <= at) {
                wanted++;
            }
            if (wanted != piece) {
                translate(wanted);
            }
            int from = (int) (at - begins[wanted]);
            int n = Math.min(into.remaining(), translated.limit() - from);
            if (n <= 0) {
                throw new Changed("was changed");
            }
            into.put(translated.array(), from, n);
            offset += n;
        }
    }

    private void translate(int which) throws IOException {
        long from = (long) which * PIECE;
        ByteBuffer in = ByteBuffer.allocate((int) Math.min(PIECE, raw.size() - from));
        raw.read(from, in);
        translated.clear();
        for (byte b : in.array()) {
            if (b == '\n') {
                translated.put((byte) '\r');
            }
            translated.put(b);
            if (b == '\r') {
                translated.put((byte) 0);
            }
        }
        translated.flip();
        piece = which;
    }

    @Override
    public void unchanged() throws IOException {
        raw.unchanged();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
