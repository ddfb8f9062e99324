package dev.ichor.netboot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A small HTTP/1.1 server: one virtual thread a connection, bounded heads, time-outs.
final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long PAUSE = 10_000_000; // ns

    private final ServerSocketChannel listener;
    private final InstantSource clock;
    private final Limits limits;
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("http-sweep").factory());
    private final Map<HttpConnection, Thread> open = new ConcurrentHashMap<>();

    /// Answers requests.
    @FunctionalInterface
    interface Handler {
        /// Called on the connection's thread; may wait.
        HttpResponse answer(HttpRequest request) throws IOException, InterruptedException;
    }

    /// What one server bears.
    ///
    /// @param patience how long a head may take, and a peer may take nothing of a body
    /// @param connections at once; for more, the quietest are closed
    record Limits(Duration patience, int connections) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(30), 10_000);
    }

    private HttpServer(ServerSocketChannel listener, InstantSource clock, Limits limits) {
        this.listener = listener;
        this.clock = clock;
        this.limits = limits;
    }

    /// Takes the port; nobody is answered before [#serve].
    ///
    /// @param at port 0 takes any free one
    /// @throws IOException when the port cannot be had
    static HttpServer bind(InetSocketAddress at, InstantSource clock) throws IOException {
        return bind(at, clock, Limits.USUAL);
    }

    /// As [#bind(InetSocketAddress, InstantSource)], with other limits.
    static HttpServer bind(InetSocketAddress at, InstantSource clock, Limits limits)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(at, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        return new HttpServer(listener, clock, limits);
    }

    void serve(Handler handler) {
        Thread.ofVirtual().name("http").start(() -> accept(handler));
        sweeper.scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /// How many are open.
    int connections() {
        return open.size();
    }

    private void accept(Handler handler) {
        while (listener.isOpen()) {
            try {
                serve(listener.accept(), handler);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Out of file handles, or the peer was gone before we looked: the next may do.
                Log.of(HttpServer.class).log(System.Logger.Level.DEBUG, "not accepted", e);
                makeRoom();
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void serve(SocketChannel channel, Handler handler) throws IOException {
        if (open.size() >= limits.connections()) {
            makeRoom();
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        HttpConnection connection = new HttpConnection(channel, handler, clock, limits.patience());
        Thread thread =
                Thread.ofVirtual()
                        .name("http-connection")
                        .unstarted(() -> {
                            try {
                                connection.run();
                            } finally {
                                open.remove(connection);
                            }
                        });
        open.put(connection, thread);
        thread.start();
    }

    /// Closes the hundredth part that has been quiet for the longest: whoever opens connections and
    /// says nothing keeps no machine out.
    private void makeRoom() {
        record Quiet(HttpConnection connection, long left) {}
        long now = System.nanoTime();
        open.keySet().stream()
                .map(c -> new Quiet(c, c.left(now)))
                .sorted(Comparator.comparingLong(Quiet::left))
                .limit(Math.max(1, limits.connections() / 100))
                .map(Quiet::connection)
                .forEach(c -> {
                    open.remove(c);
                    c.close();
                });
    }

    /// Closes what is over its time: channels have no time-outs of their own.
    private void sweep() {
        long now = System.nanoTime();
        open.keySet().stream().filter(c -> c.left(now) < 0).forEach(HttpConnection::close);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        try {
            listener.close();
        } catch (IOException e) {
            Log.of(HttpServer.class).log(System.Logger.Level.DEBUG, "listener not closed", e);
        }
        open.forEach((connection, thread) -> {
            connection.close();
            // Some do not wait for their channel: a held request, a reader of quiet events.
            thread.interrupt();
        });
    }
}
