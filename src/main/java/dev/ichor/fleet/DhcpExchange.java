package dev.ichor.fleet;

import dev.ichor.netboot.dhcp.DhcpPacket;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A DHCP client's open socket: while it is open the machine hears broadcasts.
final class DhcpExchange implements AutoCloseable {
    private static final int PACKET = 1_500;
    private static final int XID_AT = 4;
    private static final int SMALLEST = 240;

    private final Lan lan;
    private final DatagramSocket socket;
    private final InetSocketAddress own;
    private final int xid;

    private DhcpExchange(Lan lan, DatagramSocket socket, InetSocketAddress own, int xid) {
        this.lan = lan;
        this.socket = socket;
        this.own = own;
        this.xid = xid;
    }

    static DhcpExchange open(Lan lan, InetSocketAddress own) throws IOException {
        DatagramSocket socket = new DatagramSocket(own);
        lan.listening().add(own);
        return new DhcpExchange(lan, socket, own, lan.random().nextInt());
    }

    int xid() {
        return xid;
    }

    Instant in(Duration time) {
        return lan.clock().instant().plus(time);
    }

    void broadcast(DhcpPacket packet) throws IOException {
        byte[] bytes = packet.encode();
        for (InetSocketAddress server : lan.servers()) {
            try {
                socket.send(new DatagramPacket(bytes, bytes.length, server));
            } catch (java.net.PortUnreachableException e) {
                // Nobody serves there; a broadcast would not notice either.
                continue;
            }
        }
    }

    void send(DhcpPacket packet, InetSocketAddress to) throws IOException {
        byte[] bytes = packet.encode();
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /// The next answer to this exchange; what is meant for others is thrown away unread.
    ///
    /// @return empty when there is none until then
    Optional<DhcpPacket> receive(Instant until) throws IOException {
        byte[] buffer = new byte[PACKET];
        DatagramPacket in = new DatagramPacket(buffer, buffer.length);
        while (true) {
            long left = Duration.between(lan.clock().instant(), until).toMillis();
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) left);
            in.setLength(buffer.length);
            try {
                socket.receive(in);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            if (mine(buffer, in.getLength())) {
                return DhcpPacket.parse(ByteBuffer.wrap(buffer, 0, in.getLength()));
            }
        }
    }

    private boolean mine(byte[] packet, int length) {
        return length >= SMALLEST
                && packet[0] == DhcpPacket.BOOTREPLY
                && ByteBuffer.wrap(packet).getInt(XID_AT) == xid;
    }

    @Override
    public void close() {
        lan.listening().remove(own);
        socket.close();
    }
}
