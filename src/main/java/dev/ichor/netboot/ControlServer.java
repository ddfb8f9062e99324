package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// Lets the other commands on this PC look on and approve. Listens on 127.0.0.1 only and wants a
/// bearer token (RFC 6750 section 2.1).
public final class ControlServer implements AutoCloseable {
    /// A reader that is so many events behind is cut off.
    private static final int MAX_BEHIND = 100_000;

    private static final int ENOUGH = 500;
    private static final String GET = "GET";
    private static final String POST = "POST";

    private final byte[] secret;
    private final BootLog log;
    private final Gate gate;
    private final Metrics metrics;
    private final Runnable stopCounting;
    private final HttpServer http;
    private final Hands hands;

    private ControlServer(String token, BootLog log, Gate gate, Metrics metrics, Hands hands)
            throws IOException {
        this.secret = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.log = log;
        this.gate = gate;
        this.metrics = metrics;
        this.hands = hands;
        this.http =
                HttpServer.bind(
                        new InetSocketAddress(
                                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
                        InstantSource.system());
        this.stopCounting = log.listen(metrics::count);
        http.serve(this::answer);
    }

    /// Listens on any free port.
    ///
    /// @param token who has it may approve
    /// @param machines host names of the machines to tell about
    /// @param hands does what the owner chooses for one machine
    /// @throws IOException when no port can be had
    public static ControlServer start(
            String token,
            BootLog log,
            Gate gate,
            Function<Mac, Optional<String>> machines,
            Hands hands)
            throws IOException {
        return new ControlServer(token, log, gate, new Metrics(machines), hands);
    }

    /// The TCP port on 127.0.0.1.
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        stopCounting.run();
        http.close();
    }

    private HttpResponse answer(HttpRequest r) {
        byte[] shown = r.header("authorization").getBytes(StandardCharsets.ISO_8859_1);
        if (!MessageDigest.isEqual(secret, shown)) {
            return HttpResponse.error(401, "401 unauthorized");
        }
        return switch (r.method() + " " + r.rawPath()) {
            case GET + " /events" -> events();
            case GET + " /metrics" ->
                    HttpResponse.of(
                            200,
                            "text/plain; version=0.0.4; charset=utf-8",
                            metrics.text().getBytes(StandardCharsets.UTF_8));
            case POST + " /approve" -> approve(r.rawQuery());
            case POST + " /reinstall" -> order(r, MachineAction.REINSTALL);
            case POST + " /wipe" -> order(r, MachineAction.WIPE);
            case POST + " /local-boot" -> once(r, gate::bootLocally);
            case POST + " /other-loader" -> once(r, hands.otherLoader());
            case POST + " /disk" -> disk(Labels.of(r.rawQuery()));
            case POST + " /arm" -> done(gate::arm);
            case POST + " /disarm" -> done(gate::disarm);
            default -> HttpResponse.notFound();
        };
    }

    private HttpResponse approve(String query) {
        if (query.equals("all")) {
            return done(gate::approveAll);
        }
        @Nullable Mac mac = Labels.of(query).mac();
        return mac == null
                ? HttpResponse.error(400, "say ?mac=… or ?all")
                : done(() -> gate.approve(mac));
    }

    private HttpResponse order(HttpRequest r, MachineAction action) {
        Mac mac = Labels.of(r.rawQuery()).mac();
        return mac == null || !gate.decides(mac)
                ? HttpResponse.error(400, "say ?mac=… of a machine of this cluster")
                : done(() -> gate.order(mac, action));
    }

    private HttpResponse once(HttpRequest r, Consumer<Mac> does) {
        Mac mac = Labels.of(r.rawQuery()).mac();
        return mac == null ? HttpResponse.error(400, "say ?mac=…") : done(() -> does.accept(mac));
    }

    /// What the owner chooses for one machine.
    ///
    /// @param disks takes the choice of a disk
    /// @param otherLoader hands it the next boot loader of its kind
    public record Hands(DiskChoice disks, Consumer<Mac> otherLoader) {}

    /// Where a machine is installed.
    @FunctionalInterface
    public interface DiskChoice {
        /// Where no cluster is behind.
        DiskChoice NONE =
                (mac, disk) -> {
                    throw new ProblemException(
                            "This server hands out a folder and installs nothing.",
                            "",
                            "Serve a cluster's folder: ichor serve CLUSTER_DIR.");
                };

        /// Takes the choice.
        ///
        /// @throws ProblemException when the machine has no such disk
        void choose(Mac mac, String disk) throws ProblemException;
    }

    private HttpResponse disk(Labels labels) {
        Mac mac = labels.mac();
        String disk = labels.values().getOrDefault("disk", "");
        if (mac == null) {
            return HttpResponse.error(400, "say ?mac=…&disk=…");
        }
        try {
            hands.disks().choose(mac, disk);
            return HttpResponse.text(200, "ok\n");
        } catch (ProblemException e) {
            return HttpResponse.error(409, e.problem().toString());
        }
    }

    private static HttpResponse done(Runnable change) {
        change.run();
        return HttpResponse.text(200, "ok\n");
    }

    private HttpResponse events() {
        return new HttpResponse(
                        200,
                        new LinkedHashMap<>(),
                        new HttpBody.Stream(this::stream),
                        HttpResponse.Watch.NONE)
                .with(HttpResponse.CONTENT_TYPE, "application/jsonl");
    }

    /// Everything so far, then what comes, until the reader is gone.
    private void stream(SocketChannel to) throws IOException, InterruptedException {
        BlockingQueue<BootEvent> queue = new LinkedBlockingQueue<>(MAX_BEHIND);
        Thread reader = Thread.currentThread();
        Runnable stop =
                log.listen(e -> {
                    if (!queue.offer(e)) {
                        reader.interrupt();
                    }
                });
        try {
            while (true) {
                StringBuilder lines = new StringBuilder();
                BootEvent next = queue.take();
                for (int n = 0; next != null && n < ENOUGH; n++) {
                    lines.append(BootLog.line(next)).append('\n');
                    next = queue.poll();
                }
                if (next != null) {
                    lines.append(BootLog.line(next)).append('\n');
                }
                HttpBody.write(
                        ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)), to);
            }
        } finally {
            stop.run();
        }
    }
}
