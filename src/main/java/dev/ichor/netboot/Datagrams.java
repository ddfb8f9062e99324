package dev.ichor.netboot;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/// DATA packets (RFC 1350 section 5) one behind the other, as they leave in one system call; shared
/// by all transfers of one thread. While a client takes in what was sent, the packets after it are
/// made ready: for one transfer at a time, so that nothing is made in vain.
final class Datagrams {
    /// The most one datagram holds (RFC 768), so also what leaves at once by segmentation.
    static final int MOST = 65_507;

    private static final short DATA = 3;

    /// What is in the file between the heads.
    private final ByteBuffer content = ByteBuffer.allocateDirect(MOST);

    private ByteBuffer out = ByteBuffer.allocateDirect(MOST);
    private ByteBuffer ready = ByteBuffer.allocateDirect(MOST);
    private @Nullable Piece readied;

    /// So many blocks of a file for one client.
    ///
    /// @param line the client's
    /// @param block bytes of each but the last
    /// @param first the first one's number, from 1
    record Piece(TftpLine line, TftpFile file, int block, long first, int count) {}

    /// The packets of a piece, valid until the next call.
    ///
    /// @throws TftpFile.Changed when the file became shorter
    /// @throws IOException when it cannot be read
    ByteBuffer of(Piece piece) throws IOException {
        if (piece.equals(readied)) {
            readied = null;
            ByteBuffer filled = ready;
            ready = out;
            out = filled;
            return out;
        }
        return fill(out, piece);
    }

    /// Makes a piece ready that is likely wanted next, unless another client's is.
    void ready(Piece piece) {
        if (readied != null && readied.line != piece.line) {
            return;
        }
        readied = null;
        try {
            fill(ready, piece);
            readied = piece;
        } catch (IOException e) {
            // Who asks for it will be told.
            Log.of(Datagrams.class).log(System.Logger.Level.DEBUG, "not made ready", e);
        }
    }

    /// A client that will not ask again.
    void forget(TftpLine line) {
        if (readied != null && readied.line == line) {
            readied = null;
        }
    }

    private ByteBuffer fill(ByteBuffer into, Piece p) throws IOException {
        long start = (p.first - 1) * p.block;
        int length = (int) Math.min((long) p.count * p.block, p.file.size() - start);
        p.file.read(start, content.clear().limit(length));
        into.clear();
        for (int i = 0; i < p.count; i++) {
            int at = i * p.block;
            int size = Math.min(p.block, length - at);
            into.putShort(DATA).putShort((short) (p.first + i));
            into.put(into.position(), content, at, size).position(into.position() + size);
        }
        return into.flip();
    }
}
