package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/// Which hosts have something running: a TCP connect to a few ports, closed at once. A thin client
/// out of the drawer answers on none.
final class OpenPorts {
    /// SSH, DNS, web, SMB, printing, remote desktop, a NAS's page, web again, printing again.
    static final List<Integer> TELLING = List.of(22, 53, 80, 443, 445, 631, 3389, 5000, 8080, 9100);

    /// Enough for a /24 in one go, and few enough for the descriptors of any system.
    private static final int AT_ONCE = 256;

    private OpenPorts() {}

    /// Tries all ports of all hosts at once; an answer is told as soon as it is there.
    ///
    /// @param patience how long one connect may take
    /// @throws InterruptedException when cancelled; open connects end then
    static void look(
            Collection<Ip4> hosts,
            List<Integer> ports,
            Duration patience,
            BiConsumer<Ip4, Integer> answered)
            throws InterruptedException {
        Semaphore turn = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (Ip4 host : hosts) {
                    for (int port : ports) {
                        turn.acquire();
                        threads.execute(() -> {
                            if (connects(host, port, patience)) {
                                answered.accept(host, port);
                            }
                            turn.release();
                        });
                    }
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static boolean connects(Ip4 host, int port, Duration patience) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host.inet(), port), Math.toIntExact(patience.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
