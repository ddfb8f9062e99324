package dev.ichor.netboot;

import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Sends one file to one client over a connected socket of its own (RFC 1350, 7440).
///
/// The OACK counts as block 0: both are sent, waited for and repeated alike.
final class Transfer {
    /// A repeated ACK this soon (nanoseconds) after a send answers what was repeated already;
    /// obeying it would double every packet from there on (RFC 1123 section 4.2.3.1).
    private static final long APPRENTICE = 5_000_000;

    /// Header of DATA (RFC 1350 section 5).
    private static final int HEAD = 4;

    private static final int DATA = 3;
    private static final int BLOCK_MASK = 0xffff;
    private static final int MAX_REPLY = 512;

    /// A client that loses this many windows gets small ones.
    private static final int LOSSES = 2;

    private final DatagramSocket socket;
    private final TftpFile file;
    private final TftpOptions options;
    private final Patience patience;
    private final byte[] packet;
    private final byte[] reply = new byte[MAX_REPLY];
    private final long blocks;

    private int window;
    private int losses;
    private long sentAt;

    /// How it ended.
    sealed interface End {
        /// All of it arrived.
        record Complete() implements End {}

        /// The client only wanted to know the size.
        record SizeProbe() implements End {}

        /// It did not arrive.
        record Broken(String reason) implements End {}
    }

    /// Looks on.
    interface Watch {
        /// The client agrees to the options, or has none; data begins.
        void begun();

        /// So many bytes have arrived.
        void progress(long done);
    }

    /// What the client said to what was sent last.
    private sealed interface Reply {
        /// So many blocks of the window arrived, from its beginning on.
        record Arrived(int blocks) implements Reply {}

        /// Nothing in time.
        record Silence() implements Reply {}

        /// It gave up.
        record Gone(TftpError error) implements Reply {}
    }

    Transfer(DatagramSocket socket, TftpFile file, TftpOptions options) {
        this.socket = socket;
        this.file = file;
        this.options = options;
        this.patience = new Patience(options.timeout());
        this.window = options.window();
        this.packet = new byte[HEAD + options.block()];
        // The last block is shorter than the others, if need be empty.
        this.blocks = file.size() / options.block() + 1;
    }

    /// @throws IOException when the file cannot be read or the socket was closed
    End run(Watch watch) throws IOException {
        long base = options.agreed().isEmpty() ? 1 : 0;
        boolean begun = false;
        while (base <= blocks) {
            if (base > 0 && !begun) {
                watch.begun();
                begun = true;
            }
            int count = base == 0 ? 1 : (int) Math.min(window, blocks - base + 1);
            send(base, count);
            switch (reply(base, count)) {
                case Reply.Arrived(int arrived) -> {
                    lost(arrived < count);
                    base += arrived;
                    watch.progress(Math.clamp((base - 1) * options.block(), 0, file.size()));
                }
                case Reply.Silence _ -> {
                    lost(true);
                    if (patience.lost()) {
                        return new End.Broken("The machine stopped answering.");
                    }
                }
                case Reply.Gone(TftpError e) -> {
                    boolean probe = base == 0 && e.code() == ErrorCode.OPTION_REFUSED;
                    return probe ? new End.SizeProbe() : new End.Broken("It says: " + e.message());
                }
            }
        }
        return new End.Complete();
    }

    private void lost(boolean some) {
        if (some && ++losses >= LOSSES) {
            window = Math.min(window, TftpOptions.FIRMWARE_WINDOW);
        }
    }

    private void send(long base, int count) throws IOException {
        if (base == 0) {
            byte[] oack = new Oack(options.agreed()).encode();
            send(oack, oack.length);
            return;
        }
        for (long block = base; block < base + count; block++) {
            int length = file.read((block - 1) * options.block(), packet, HEAD);
            packet[1] = DATA;
            packet[2] = (byte) (block >> 8);
            packet[3] = (byte) block;
            send(packet, HEAD + length);
        }
    }

    private void send(byte[] bytes, int length) throws IOException {
        socket.send(new DatagramPacket(bytes, length));
        sentAt = System.nanoTime();
    }

    /// Waits for an ACK of the window, or a late repeat of the one before, which asks for all of it
    /// again.
    private Reply reply(long base, int count) throws IOException {
        long deadline = sentAt + patience.nanos();
        while (true) {
            Optional<TftpPacket> p = receive(deadline - System.nanoTime());
            if (p.isEmpty()) {
                return new Reply.Silence();
            }
            long since = System.nanoTime() - sentAt;
            if (p.get() instanceof TftpError e) {
                return new Reply.Gone(e);
            }
            if (p.get() instanceof Ack(int block)) {
                int arrived = (int) (block - (base - 1)) & BLOCK_MASK;
                if (arrived > 0 && arrived <= count) {
                    patience.answered(since);
                    return new Reply.Arrived(arrived);
                }
                if (arrived == 0 && since > APPRENTICE) {
                    return new Reply.Arrived(0);
                }
            }
        }
    }

    /// @return empty when the time is over
    private Optional<TftpPacket> receive(long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            try {
                socket.setSoTimeout((int) left);
                DatagramPacket p = new DatagramPacket(reply, reply.length);
                socket.receive(p);
                Optional<TftpPacket> parsed =
                        TftpPacket.parse(ByteBuffer.wrap(reply, 0, p.getLength()));
                if (parsed.isPresent()) {
                    return parsed;
                }
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
        }
    }
}
