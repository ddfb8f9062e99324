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
import java.util.regex.Pattern;

/// One client's connection: request after request until one side is done.
final class HttpConnection implements Runnable {
    /// A longer head is refused; most are much shorter, and there may be many connections.
    static final int MAX_HEAD = 16 << 10;

    private static final Pattern LENGTH = Pattern.compile("\\d{0,5}");
    private static final int USUAL_HEAD = 1 << 10;

    /// A request body up to this is read over, a longer one ends the connection.
    private static final long MAX_BODY = 64 << 10;

    private static final Duration LINGER = Duration.ofSeconds(2);

    /// A gate may hold a request, an event stream may be silent.
    private static final Duration LONG = Duration.ofDays(1000);

    private final SocketChannel channel;
    private final HttpServer.Handler handler;
    private final InstantSource clock;
    private final Duration patience;
    private ByteBuffer in = ByteBuffer.allocate(USUAL_HEAD);
    private boolean unread;
    private volatile long deadline;

    /// @param patience a head must be complete, and a peer must take something of a body, in this
    ///   time
    HttpConnection(
            SocketChannel channel,
            HttpServer.Handler handler,
            InstantSource clock,
            Duration patience) {
        this.channel = channel;
        this.handler = handler;
        this.clock = clock;
        this.patience = patience;
        within(patience);
    }

    /// Nanoseconds until it should be closed; negative when it is late.
    ///
    /// @param now of [System#nanoTime]
    long left(long now) {
        return deadline - now;
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
                within(patience);
            }
            if (unread) {
                linger();
            }
        } catch (IOException e) {
            // The peer went away, or was too slow: nothing is left to do for it.
            Log.of(HttpConnection.class).log(System.Logger.Level.DEBUG, "connection ended", e);
        } catch (RuntimeException e) {
            Log.of(HttpConnection.class)
                    .log(System.Logger.Level.ERROR, "connection not handled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            Log.of(HttpConnection.class).log(System.Logger.Level.DEBUG, "connection not closed", e);
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
            unread = true;
            answer(bad, null, false);
            return false;
        }
        in.limit(in.position()).position(end).compact();
        unread = !skipBody(request);
        boolean more = !unread && request.keepAlive();
        within(LONG);
        HttpResponse response = handled(request);
        within(patience);
        more &= response.body().length() >= 0;
        answer(response, request, more);
        return more;
    }

    /// Closing before all is read resets the connection, and the peer may lose the answer (RFC 9112
    /// section 9.6).
    private void linger() throws IOException {
        within(LINGER);
        channel.shutdownOutput();
        int n = 0;
        for (long left = MAX_BODY; n >= 0 && left > 0; left -= n) {
            n = channel.read(in.clear());
        }
    }

    private HttpResponse handled(HttpRequest request) throws InterruptedException {
        try {
            return handler.answer(request);
        } catch (IOException | RuntimeException e) {
            Log.of(HttpConnection.class)
                    .log(System.Logger.Level.WARNING, "no answer to " + request.rawPath(), e);
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
            if (!in.hasRemaining() && !grown()) {
                return 0;
            }
            if (channel.read(in) < 0) {
                return -1;
            }
        }
    }

    private boolean grown() {
        if (in.capacity() >= MAX_HEAD) {
            return false;
        }
        in = ByteBuffer.allocate(in.capacity() * 4).put(in.flip());
        return true;
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
        if (!request.header("transfer-encoding").isEmpty() || !LENGTH.matcher(length).matches()) {
            return false;
        }
        long left = length.isEmpty() ? 0 : Long.parseLong(length);
        // Who expects "continue" sends nothing before it.
        if (left > MAX_BODY || left > 0 && !request.header("expect").isEmpty()) {
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
        String trouble = "It broke off.";
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
                    within(r.body().length() < 0 ? LONG : patience);
                    r.body().send(channel, n -> progress(r, done, n));
                }
            }
            trouble = null;
        } catch (IOException e) {
            trouble =
                    e instanceof HttpBody.FileTrouble
                            ? e.getMessage()
                            : "The connection ended after " + done[0] + " bytes.";
            throw e;
        } finally {
            r.watch().ended(done[0], trouble);
        }
    }

    private void progress(HttpResponse r, long[] done, long n) {
        done[0] = n;
        within(patience);
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
