package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/// One client's connection: request after request until one side is done.
final class HttpConnection implements Runnable {
    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());

    /// A longer head is refused.
    static final int MAX_HEAD = 16 << 10;

    /// A request body up to this is read over, a longer one ends the connection.
    private static final long MAX_BODY = 64 << 10;

    /// A head must be complete, and a peer must take something of a body, in this time.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A gate may hold a request, an event stream may be silent.
    private static final Duration LONG = Duration.ofDays(1000);

    private final SocketChannel channel;
    private final HttpServer.Handler handler;
    private final InstantSource clock;
    private final ByteBuffer in = ByteBuffer.allocate(MAX_HEAD);
    private volatile long deadline;

    HttpConnection(SocketChannel channel, HttpServer.Handler handler, InstantSource clock) {
        this.channel = channel;
        this.handler = handler;
        this.clock = clock;
        within(PATIENCE);
    }

    /// Whether it should be closed.
    ///
    /// @param now of [System#nanoTime]
    boolean late(long now) {
        return now - deadline > 0;
    }

    private void within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    @Override
    public void run() {
        try (channel) {
            Ip4 peer =
                    Ip4.of(((InetSocketAddress) channel.getRemoteAddress()).getAddress())
                            .orElse(Ip4.NONE);
            while (one(peer)) {
                within(PATIENCE);
            }
        } catch (IOException e) {
            // The peer went away, or was too slow: nothing is left to do for it.
            LOG.log(System.Logger.Level.DEBUG, "connection ended", e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "connection not handled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "connection not closed", e);
        }
    }

    /// @return whether another request may follow
    private boolean one(Ip4 peer) throws IOException, InterruptedException {
        int end = readHead();
        if (end < 0) {
            return false;
        }
        HttpRequest request =
                end == 0 ? null : HttpRequest.parse(in.array(), end, peer).orElse(null);
        if (request == null) {
            HttpResponse bad =
                    end == 0
                            ? HttpResponse.error(431, "head too large")
                            : HttpResponse.error(400, "400 Bad Request");
            answer(bad, null, false);
            return false;
        }
        in.limit(in.position()).position(end).compact();
        boolean more = skipBody(request) && request.keepAlive();
        within(LONG);
        HttpResponse response = handled(request);
        within(PATIENCE);
        more &= response.body().length() >= 0;
        answer(response, request, more);
        return more;
    }

    private HttpResponse handled(HttpRequest request) throws InterruptedException {
        try {
            return handler.answer(request);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "no answer to " + request.rawPath(), e);
            return HttpResponse.error(500, "500 internal server error");
        }
    }

    /// Fills `in` up to the empty line.
    ///
    /// @return length of the head with its empty line, 0 when it is too long, −1 at the end
    private int readHead() throws IOException {
        int from = 0;
        while (true) {
            int end = endOfHead(in.array(), from, in.position());
            if (end > 0) {
                return end;
            }
            from = Math.max(0, in.position() - 3);
            if (!in.hasRemaining()) {
                return 0;
            }
            if (channel.read(in) < 0) {
                return -1;
            }
        }
    }

    private static int endOfHead(byte[] b, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (b[i] == '\r' && b[i + 1] == '\n' && b[i + 2] == '\r' && b[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    /// @return whether what follows is the next request
    private boolean skipBody(HttpRequest request) throws IOException {
        String length = request.header("content-length");
        if (!request.header("transfer-encoding").isEmpty() || !length.matches("\\d{0,5}")) {
            return false;
        }
        long left = length.isEmpty() ? 0 : Long.parseLong(length);
        if (left > MAX_BODY) {
            return false;
        }
        while (left > 0) {
            int n = (int) Math.min(left, in.position());
            in.limit(in.position()).position(n).compact();
            left -= n;
            if (left > 0 && channel.read(in) < 0) {
                return false;
            }
        }
        return true;
    }

    private void answer(HttpResponse r, @Nullable HttpRequest request, boolean more)
            throws IOException {
        boolean body = (request == null || !request.head()) && r.status() != 304;
        byte[] head = head(r, request, more).getBytes(StandardCharsets.ISO_8859_1);
        long[] done = {0};
        boolean complete = false;
        try {
            if (body && r.body() instanceof HttpBody.Bytes(byte[] bytes)) {
                // One segment instead of two.
                byte[] both = Arrays.copyOf(head, head.length + bytes.length);
                System.arraycopy(bytes, 0, both, head.length, bytes.length);
                HttpBody.write(ByteBuffer.wrap(both), channel);
                done[0] = bytes.length;
            } else {
                HttpBody.write(ByteBuffer.wrap(head), channel);
                if (body) {
                    within(r.body().length() < 0 ? LONG : PATIENCE);
                    r.body().send(channel, n -> progress(r, done, n));
                }
            }
            complete = true;
        } finally {
            r.watch().ended(complete, done[0]);
        }
    }

    private void progress(HttpResponse r, long[] done, long n) {
        done[0] = n;
        within(PATIENCE);
        r.watch().progress(n);
    }

    private String head(HttpResponse r, @Nullable HttpRequest request, boolean more) {
        StringBuilder b = new StringBuilder("HTTP/1.1 ").append(r.status()).append(' ');
        b.append(HttpResponse.REASONS.getOrDefault(r.status(), "Status")).append("\r\n");
        r.headers().forEach((k, v) -> b.append(k).append(": ").append(v).append("\r\n"));
        if (r.body().length() >= 0 && r.status() != 304) {
            b.append("Content-Length: ").append(r.body().length()).append("\r\n");
        }
        b.append("Date: ").append(HttpDate.write(clock.instant())).append("\r\n");
        if (!more) {
            b.append("Connection: close\r\n");
        } else if (request != null && request.minor() == 0) {
            b.append("Connection: keep-alive\r\n");
        }
        return b.append("\r\n").toString();
    }
}
