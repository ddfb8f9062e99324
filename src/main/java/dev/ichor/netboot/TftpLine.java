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
    /// The most one datagram holds (RFC 768), so also what leaves at once by segmentation.
    private static final int MAX_DATAGRAM = 65_507;

    /// Linux takes so many segments at once (`UDP_MAX_SEGMENTS` before 6.9).
    private static final int MAX_SEGMENTS = 64;

    private static final int SEND_BUFFER = 1 << 20;

    /// Only one transfer at a time is being sent: the loop has one thread.
    private final ByteBuffer buffer;

    private final DatagramChannel channel;
    private final InetSocketAddress peer;
    private final Offload offload;
    private int atOnce = 1;
    private boolean full;

    /// @param buffer of [#buffer()], shared by all lines of one thread
    /// @throws IOException when the system has no socket left
    TftpLine(InetAddress own, InetSocketAddress peer, Offload offload, ByteBuffer buffer)
            throws IOException {
        this.channel = DatagramChannel.open(StandardProtocolFamily.INET);
        this.peer = peer;
        this.offload = offload;
        this.buffer = buffer;
        try {
            channel.bind(new InetSocketAddress(own, 0));
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            channel.configureBlocking(false);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// What a line needs to send.
    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(MAX_DATAGRAM);
    }

    /// Lets several packets of this size leave in one system call, where the system can.
    void segment(int packet) {
        if (offload.segment(channel, packet)) {
            atOnce = Math.min(MAX_SEGMENTS, MAX_DATAGRAM / packet);
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

    /// Empty, for what is sent next.
    ByteBuffer buffer() {
        return buffer.clear();
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
