package dev.ichor.netboot;

import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Data;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;
import dev.ichor.netboot.tftp.TftpPacket.WriteRequest;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Sends one file to one client, window by window (RFC 1350, 7440). Never waits: it is told what
/// came and what time it is (nanoseconds from anywhere), always on one thread.
///
/// The OACK counts as block 0: both are sent, waited for and repeated alike.
final class Transfer {
    /// Header of DATA (RFC 1350 section 5).
    static final int HEAD = 4;

    /// A repeated ACK this soon (nanoseconds) after a send answers what was repeated already;
    /// obeying it would double every packet from there on (RFC 1123 section 4.2.3.1).
    private static final long APPRENTICE = 5_000_000;

    private static final int BLOCK_MASK = 0xffff;

    /// A client that loses this many windows gets small ones.
    private static final int LOSSES = 2;

    private final TftpFile file;
    private final TftpOptions options;
    private final TftpLine line;
    private final TransferWatch watch;
    private final Patience patience;
    private final long blocks;

    /// The first block that did not arrive yet, the next one to send, the one behind the window.
    private long base;

    private long next;
    private long end;

    private int window;
    private int losses;
    private long sentAt;
    private boolean over;

    Transfer(TftpFile file, TftpOptions options, TftpLine line, TransferWatch watch) {
        this.file = file;
        this.options = options;
        this.line = line;
        this.watch = watch;
        this.patience = new Patience(options.timeout());
        this.window = options.window();
        // The last block is shorter than the others, if need be empty.
        this.blocks = file.size() / options.block() + 1;
    }

    /// Whether nothing more will be sent or told.
    boolean over() {
        return over;
    }

    /// Whether the client has said nothing yet.
    boolean unanswered() {
        return next == 0 || base == (options.agreed().isEmpty() ? 1 : 0);
    }

    /// When the last window left.
    long sentAt() {
        return sentAt;
    }

    void start(long now) {
        base = options.agreed().isEmpty() ? 1 : 0;
        if (base == 1) {
            watch.begun();
        }
        window(now);
    }

    /// Sends from the first missing block on, all that the window lets out.
    private void window(long now) {
        next = base;
        end = base == 0 ? 1 : Math.min(blocks + 1, base + window);
        sentAt = now;
        send();
    }

    /// Sends on as long as there is room on the line.
    void send() {
        try {
            while (!over && next < end) {
                int count = (int) Math.min(end - next, line.atOnce());
                if (line.send(next == 0 ? oack() : data(next, count))) {
                    next += count;
                } else if (line.full()) {
                    return;
                }
            }
            if (!over && base > 0 && end <= blocks) {
                int count = (int) Math.min(Math.min(window, blocks + 1 - end), line.atOnce());
                line.ready(file, options.block(), end, count);
            }
        } catch (TftpFile.Changed e) {
            fail(ErrorCode.NOT_DEFINED, e.what(), e.what());
        } catch (IOException e) {
            fail(ErrorCode.NOT_DEFINED, "The file cannot be read", "It cannot be read: " + e);
        }
    }

    private ByteBuffer oack() {
        return ByteBuffer.wrap(new Oack(options.agreed()).encode());
    }

    private ByteBuffer data(long first, int count) throws IOException {
        if (first + count > blocks) {
            file.unchanged();
        }
        return line.packets(file, options.block(), first, count);
    }

    /// The client answered.
    void answered(TftpPacket packet, long now) {
        switch (packet) {
            case Ack(int block) -> acknowledged(block, now);
            case TftpError e -> refused(e);
            case ReadRequest _, WriteRequest _, Data _, Oack _ -> {}
        }
    }

    private void acknowledged(int block, long now) {
        long arrived = (block - (base - 1)) & BLOCK_MASK;
        boolean repeated = arrived == 0;
        if (arrived > next - base || repeated && now - sentAt < APPRENTICE) {
            return;
        }
        boolean all = base + arrived == end;
        if (!repeated) {
            patience.answered(now - sentAt);
        }
        if (!all) {
            lost();
        }
        if (base == 0 && !repeated) {
            watch.begun();
        }
        base += arrived;
        if (base > blocks) {
            over = true;
            watch.done();
            return;
        }
        watch.progress(Math.max(0, base - 1) * options.block());
        window(now);
    }

    /// Firmware that only wants to know the size breaks off at the OACK: EDK II with error 8, some
    /// ROMs with error 0.
    private void refused(TftpError e) {
        over = true;
        boolean probe =
                base == 0
                        && (e.code() == ErrorCode.OPTION_REFUSED
                                || e.code() == ErrorCode.NOT_DEFINED);
        if (!probe) {
            watch.failed("It says: " + e.message());
        }
    }

    /// Time goes by.
    void tick(long now) {
        if (over || now - sentAt < patience.nanos()) {
            return;
        }
        lost();
        if (patience.lost()) {
            over = true;
            watch.failed("The machine stopped answering.");
            return;
        }
        window(now);
    }

    private void lost() {
        if (++losses >= LOSSES) {
            window = Math.min(window, TftpOptions.FIRMWARE_WINDOW);
        }
    }

    /// Ends it with an error.
    void fail(ErrorCode code, String toClient, String toOwner) {
        if (!over) {
            over = true;
            watch.failed(toOwner);
            line.error(code, toClient);
        }
    }

    /// Ends it without a word: the client asked anew.
    void drop() {
        over = true;
    }
}
