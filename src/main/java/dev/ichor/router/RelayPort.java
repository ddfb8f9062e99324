package dev.ichor.router;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Locale;

/// The socket a relay is answered on.
final class RelayPort {
    private RelayPort() {}

    /// Bound to our LAN address, also beside our own DHCP listener.
    ///
    /// @throws ProblemException when the system does not allow it
    static DatagramSocket open(Ip4 self, int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(null);
        try {
            socket.setReuseAddress(true);
            socket.setBroadcast(true);
            socket.bind(new InetSocketAddress(self.inet(), port));
            return socket;
        } catch (SocketException e) {
            socket.close();
            throw new ProblemException(problem(self, port, e), e);
        }
    }

    /// When a question does not leave this PC.
    static ProblemException unsent(Ip4 self, IOException e) {
        return new ProblemException(
                new Problem(
                        "The router could not be asked: nothing can be sent from " + self + ".",
                        "The system says: " + e.getMessage() + ".",
                        "Check the network cable or Wi-Fi, choose the network again, and repeat"
                                + " the test."),
                e);
    }

    private static Problem problem(Ip4 self, int port, SocketException e) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        String what = "The router could not be asked: UDP port " + port + " cannot be used.";
        if (lower.contains("permission")) {
            return new Problem(
                    what,
                    "Ports below 1024 need rights on this system.",
                    "Go on without the test, or allow it once: sudo sysctl"
                            + " net.ipv4.ip_unprivileged_port_start="
                            + port
                            + ".");
        }
        if (lower.contains("in use")) {
            return new Problem(
                    what,
                    "Another program is using it, probably a DHCP server on this PC.",
                    "Stop that program, or go on without the test.");
        }
        return new Problem(
                what,
                "The system says: " + message + ".",
                "Check that the network adapter still has the address " + self + ".");
    }
}
