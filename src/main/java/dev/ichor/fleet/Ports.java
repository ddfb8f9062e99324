package dev.ichor.fleet;

import dev.ichor.boot.Wire;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;

/// Finds ports that an ordinary user may open and nobody uses.
final class Ports {
    /// Below every system's own range for outgoing connections (Linux begins at 32768).
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private final SecureRandom random;

    Ports(SecureRandom random) {
        this.random = random;
    }

    /// A wire with six free ports.
    Wire wire(Supplier<List<InetSocketAddress>> everyone) {
        int[] p = random.ints(LOWEST, HIGHEST).distinct().filter(Ports::free).limit(6).toArray();
        return new Wire(p[0], p[1], p[2], p[3], p[4], p[5], everyone);
    }

    private static boolean free(int port) {
        try (ServerSocket tcp = new ServerSocket(port);
                DatagramSocket udp = new DatagramSocket(port)) {
            return tcp.isBound() && udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
