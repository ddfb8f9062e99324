package dev.ichor.host;

import dev.ichor.cluster.Ip4;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What lies around this PC: whether somebody can be reached, and what time it is there.
public interface Outside {
    /// Everybody is reached, and the time is right.
    Outside QUIET =
            new Outside() {
                @Override
                public boolean reaches(Ip4 address) {
                    return true;
                }

                @Override
                public boolean opens(String host, int port) {
                    return true;
                }

                @Override
                public Optional<Duration> clockAhead() {
                    return Optional.empty();
                }
            };

    /// Whether somebody at the address answers a ping, or refuses a TCP connection.
    boolean reaches(Ip4 address);

    /// Whether a TCP port can be opened.
    boolean opens(String host, int port);

    /// How far this PC's clock is ahead of a time server's; empty when none answers.
    Optional<Duration> clockAhead();

    /// The real one, with Talos' usual time server.
    static Outside real(InstantSource clock) {
        return new Real(
                clock, InetSocketAddress.createUnresolved("time.cloudflare.com", Sntp.PORT));
    }

    /// @param time the time server
    record Real(InstantSource clock, InetSocketAddress time) implements Outside {
        private static final int PATIENCE_MILLIS = 2_000;

        @Override
        public boolean reaches(Ip4 address) {
            try {
                return address.inet().isReachable(PATIENCE_MILLIS);
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public boolean opens(String host, int port) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public Optional<Duration> clockAhead() {
            try (DatagramSocket socket = new DatagramSocket()) {
                InetAddress server = InetAddress.getByName(time.getHostString());
                socket.connect(server, time.getPort());
                socket.setSoTimeout(PATIENCE_MILLIS);
                Instant asked = clock.instant();
                byte[] packet = Sntp.question(asked);
                socket.send(new DatagramPacket(packet, packet.length));
                DatagramPacket answer = new DatagramPacket(new byte[Sntp.SIZE], Sntp.SIZE);
                socket.receive(answer);
                ByteBuffer bytes = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
                return Sntp.time(bytes, asked).map(t -> Duration.between(t, clock.instant()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
