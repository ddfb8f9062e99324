package dev.ichor.discovery;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// Switches a machine on by AMD's magic packet: six times 0xFF, then sixteen times its MAC.
public final class WakeOnLan {
    private static final int PORT = Poke.DISCARD_PORT;
    private static final int TIMES = 3;
    private static final int SYNC = 6;
    private static final int REPEATS = 16;

    private WakeOnLan() {}

    /// Sends the magic packet three times out of `adapter`, to everyone on the wire and to the
    /// subnet's broadcast address.
    ///
    /// @throws IOException when nothing can be sent there
    public static void wake(Mac mac, Adapter adapter) throws IOException {
        wake(mac, adapter, PORT);
    }

    static void wake(Mac mac, Adapter adapter, int port) throws IOException {
        byte[] magic = magic(mac);
        // Bound to the LAN address: unbound, a broadcast leaves by the default route (a VPN's).
        try (var socket = new DatagramSocket(new InetSocketAddress(adapter.address().inet(), 0))) {
            socket.setBroadcast(true);
            for (int i = 0; i < TIMES; i++) {
                for (Ip4 to : List.of(Ip4.BROADCAST, adapter.subnet().last())) {
                    socket.send(new DatagramPacket(magic, magic.length, to.inet(), port));
                }
            }
        }
    }

    static byte[] magic(Mac mac) {
        byte[] octets = mac.bytes();
        ByteBuffer b = ByteBuffer.allocate(SYNC + REPEATS * octets.length);
        for (int i = 0; i < SYNC; i++) {
            b.put((byte) 0xff);
        }
        for (int i = 0; i < REPEATS; i++) {
            b.put(octets);
        }
        return b.array();
    }
}
