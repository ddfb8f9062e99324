package dev.ichor.netboot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A small HTTP/1.1 server: one virtual thread a connection, bounded heads, time-outs.
final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

    private static final int BACKLOG = 1024;
    private static final int MAX_CONNECTIONS = 10_000;

    private final ServerSocketChannel listener;
    private final InstantSource clock;
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

    private HttpServer(ServerSocketChannel listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /// Takes the port; nobody is answered before [#serve].
    ///
    /// @param at port 0 takes any free one
    /// @throws IOException when the port cannot be had
    static HttpServer bind(InetSocketAddress at, InstantSource clock) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.bind(at, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        return new HttpServer(listener, clock);
    }

    void serve(Handler handler) {
        Thread.ofVirtual().name("http").start(() -> accept(handler));
        sweeper.scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private void accept(Handler handler) {
        while (listener.isOpen()) {
            try {
                serve(listener.accept(), handler);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Out of file handles, or the peer was gone before we looked: the next may do.
                Thread.yield();
            }
        }
    }

    private void serve(SocketChannel channel, Handler handler) throws IOException {
        if (open.size() >= MAX_CONNECTIONS) {
            channel.close();
            return;
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        HttpConnection connection = new HttpConnection(channel, handler, clock);
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

    /// Closes what is over its time: channels have no time-outs of their own.
    private void sweep() {
        long now = System.nanoTime();
        open.keySet().stream().filter(c -> c.late(now)).forEach(HttpConnection::close);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "listener not closed", e);
        }
        open.forEach((connection, thread) -> {
            connection.close();
            // Some do not wait for their channel: a held request, a reader of quiet events.
            thread.interrupt();
        });
    }
}
