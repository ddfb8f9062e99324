package dev.ichor.netboot;

import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// The socket of one transfer, bound to our address (RFC 1350 section 4: a port is a transfer id).
/// Not connected: a packet of anybody else shall be answered and not seen by the client's.
final class TftpLine implements AutoCloseable {
    /// Linux takes so many segments at once (`UDP_MAX_SEGMENTS` before 6.9).
    private static final int MAX_SEGMENTS = 64;

    private static final int SEND_BUFFER = 1 << 20;

    private final Datagrams datagrams;
    private final DatagramChannel channel;
    private final InetSocketAddress peer;
    private final Offload offload;
    private int atOnce = 1;
    private boolean full;

    /// @param datagrams of the thread that sends
    /// @throws IOException when the system has no socket left
    TftpLine(InetAddress own, InetSocketAddress peer, Offload offload, Datagrams datagrams)
            throws IOException {
        this.channel = DatagramChannel.open(StandardProtocolFamily.INET);
        this.peer = peer;
        this.offload = offload;
        this.datagrams = datagrams;
        try {
            channel.bind(new InetSocketAddress(own, 0));
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            channel.configureBlocking(false);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Lets several packets of this size leave in one system call, where the system can.
    void segment(int packet) {
        if (offload.segment(channel, packet)) {
            atOnce = Math.min(MAX_SEGMENTS, Datagrams.MOST / packet);
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    InetSocketAddress peer() {
        return peer;
    }

    /// How many packets may be sent in one call.
    int atOnce() {
        return atOnce;
    }

    /// Blocks of a file as packets, no more than [#atOnce()]; see [Datagrams#of].
    ByteBuffer packets(TftpFile file, int block, long first, int count) throws IOException {
        return datagrams.of(new Datagrams.Piece(this, file, block, first, count));
    }

    /// Makes packets ready that are likely sent next.
    void ready(TftpFile file, int block, long first, int count) {
        datagrams.ready(new Datagrams.Piece(this, file, block, first, count));
    }

    /// Whether the last packet found no room.
    boolean full() {
        return full;
    }

    /// What the system refuses to send counts as sent and lost: an adapter may come back. An
    /// adapter that cannot segment after all gets packets one by one from then on.
    ///
    /// @return whether they are out; if not, the line is full or [#atOnce()] has become one
    boolean send(ByteBuffer packets) {
        full = false;
        try {
            int length = packets.remaining();
            full = channel.send(packets, peer) == 0 && length > 0;
        } catch (IOException e) {
            Log.of(TftpLine.class).log(System.Logger.Level.DEBUG, "not sent", e);
            if (atOnce > 1) {
                atOnce = 1;
                offload.segment(channel, 0);
                return false;
            }
        }
        return !full;
    }

    void error(ErrorCode code, String message) {
        error(code, message, peer);
    }

    /// Errors are sent once and not waited for (RFC 1350 section 7).
    void error(ErrorCode code, String message, InetSocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(new TftpError(code, message).encode()), to);
        } catch (IOException e) {
            Log.of(TftpLine.class).log(System.Logger.Level.DEBUG, "error not sent", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
