package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.UnixOperatingSystemMXBean;

import dev.ichor.Gen;
import dev.ichor.cluster.Ip4;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Clients that do not behave, over real sockets.
@Timeout(300)
class HttpServerTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final byte[] LARGE = new byte[32 << 20];

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = serve(HttpServer.Limits.USUAL);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpServer serve(HttpServer.Limits limits) throws IOException {
        InetSocketAddress any = new InetSocketAddress(US.inet(), 0);
        HttpServer http = HttpServer.bind(any, InstantSource.system(), limits);
        http.serve(r ->
                r.rawPath().equals("/large")
                        ? HttpResponse.of(200, "x", LARGE).watched(watch())
                        : HttpResponse.text(200, r.method() + " " + r.target()));
        return http;
    }

    private HttpResponse.Watch watch() {
        return new HttpResponse.Watch() {
            @Override
            public void ended(long done, @Nullable String trouble) {
                told.add(String.valueOf(trouble));
            }
        };
    }

    private void impatient() throws IOException {
        server.close();
        server = serve(new HttpServer.Limits(Duration.ofMillis(500), 100));
    }

    @Test
    void a_head_that_comes_letter_by_letter_is_not_waited_for() throws Exception {
        impatient();
        try (Socket s = open()) {
            int sent = 0;
            try {
                while (s.getInputStream().available() == 0 && sent < 2000) {
                    s.getOutputStream().write('A');
                    Thread.sleep(20); // as slow as that: each letter is a sign of life
                    sent++;
                }
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("pipe");
            }
            assertThat(sent).isLessThan(2000);
        }
    }

    @Test
    void half_a_request_and_then_nothing_is_not_waited_for() throws Exception {
        impatient();
        for (String half :
                List.of("", "GET", "GET /a", "GET /a\r\n", "GET /a HTTP/1.1\r\nHost: x\r\n")) {
            try (Socket s = open()) {
                send(s, half);
                assertThat(s.getInputStream().read()).as(half).isEqualTo(-1);
            }
        }
    }

    @Test
    void a_client_that_stops_reading_is_let_go() throws Exception {
        impatient();
        try (Socket s = open()) {
            send(s, GET.replace("/a", "/large"));
            String trouble = told.poll(60, TimeUnit.SECONDS);
            assertThat(trouble).startsWith("The connection ended after ");
        }
    }

    @Test
    void ten_thousand_silent_connections_keep_nobody_out() throws Exception {
        long files =
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                        .getMaxFileDescriptorCount();
        int many = 10_000;
        int most = 5_000;
        assumeTrue(
                files > many + most + 1000, "skipped: only " + files + " open files are allowed");
        server.close();
        server = serve(new HttpServer.Limits(Duration.ofHours(1), most));
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int n = 0; n < many; n++) {
                SocketChannel c = SocketChannel.open();
                silent.add(c);
                c.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (2 + n % 50)), 0));
                c.connect(new InetSocketAddress(US.inet(), server.port()));
            }
            assertThat(server.connections()).isLessThanOrEqualTo(most);
            assertThat(answer(GET)).endsWith("GET /a");
        } finally {
            for (SocketChannel c : silent) {
                c.close();
            }
        }
    }

    @Test
    void a_head_that_is_too_long_is_refused() throws Exception {
        String name = "X-Long: " + "y".repeat(15_000) + "\r\n";
        assertThat(answer(GET.replace("Host", name + "Host"))).startsWith("HTTP/1.1 200 ");
        String tooLong =
                GET.replace("Host", name + name + "Host").substring(0, HttpConnection.MAX_HEAD);
        assertThat(answer(tooLong)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void what_is_no_request_is_answered_400_and_the_connection_closed() throws Exception {
        for (String bad :
                List.of(
                        "GET /a\r\n\r\n",
                        "GET /a HTTP/0.9\r\n\r\n",
                        "GET /a HTTP/2.0\r\n\r\n",
                        "PRI * HTTP/2.0\r\n\r\n",
                        "\u0016\u0003\u0001\u0002\r\n\r\n",
                        "GET  /a HTTP/1.1\r\n\r\n",
                        "GET /a HTTP/1.1\r\n folded: x\r\n\r\n",
                        "GET /a HTTP/1.1\r\nA : x\r\n\r\n",
                        "GET /a HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")) {
            assertThat(answer(bad + GET))
                    .as(bad)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("GET /a");
        }
    }

    @Test
    void a_body_is_never_taken_for_a_request() throws Exception {
        String inside = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
        for (String framing :
                List.of(
                        "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + inside,
                        "Transfer-Encoding: chunked\r\n\r\n" + inside,
                        "Transfer-Encoding: xchunked\r\n\r\n" + inside,
                        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + inside,
                        "Content-Length: -1\r\n\r\n" + inside,
                        "Content-Length: +0\r\n\r\n" + inside,
                        "Content-Length: 0x0\r\n\r\n" + inside,
                        "Content-Length: 99999999999999999999\r\n\r\n" + inside,
                        "Content-Length: " + inside.length() + "\r\n\r\n" + inside)) {
            for (String method : List.of("GET", "POST")) {
                String all = answer(method + " /a HTTP/1.1\r\nHost: x\r\n" + framing);
                assertThat(all).as(framing).endsWith(method + " /a").doesNotContain("smuggled");
            }
        }
    }

    @Test
    void requests_sent_in_one_go_are_answered_in_order() throws Exception {
        StringBuilder all = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int n = 0; n < 1000; n++) {
            String body = n % 3 == 0 ? "Content-Length: 3\r\n\r\nxyz" : "\r\n";
            all.append("GET /").append(n).append(" HTTP/1.1\r\nHost: x\r\n").append(body);
            expected.append("GET /").append(n).append(' ');
        }
        String bodies =
                answer(all.toString())
                        .replaceAll("(?s)HTTP/1.1 200 OK\r\n.*?\r\n\r\n(GET /\\d+)", "$1 ");
        assertThat(bodies).isEqualTo(expected.toString());
    }

    @Test
    void who_expects_continue_is_answered_at_once() throws Exception {
        try (Socket s = open()) {
            send(
                    s,
                    "POST /a HTTP/1.1\r\n"
                            + "Host: x\r\n"
                            + "Expect: 100-continue\r\n"
                            + "Content-Length: 9\r\n\r\n");
            assertThat(all(s)).startsWith("HTTP/1.1 200 ").endsWith("POST /a");
        }
    }

    @Test
    void mangled_requests_never_hang_and_never_stop_the_server() throws Exception {
        byte[] good =
                ("GET /ipxe?mac=aa HTTP/1.1\r\n"
                                + "Host: x\r\n"
                                + "Range: bytes=1-2\r\n"
                                + "Content-Length: 0\r\n\r\n")
                        .getBytes(ISO_8859_1);
        Gen.check(
                Gen.often(1_000, 50_000),
                gen -> {
                    try (Socket s = open()) {
                        s.getOutputStream().write(gen.mangle(good));
                        s.shutdownOutput();
                        String got = all(s);
                        assertThat(got.isEmpty() || got.startsWith("HTTP/1.1 ")).as(got).isTrue();
                    } catch (SocketException e) {
                        // The server has said no while we were still talking.
                        assertThat(e).hasMessageContaining("reset");
                    }
                });
        assertThat(answer(GET)).endsWith("GET /a");
    }

    private Socket open() throws IOException {
        Socket s = new Socket(US.inet(), server.port());
        s.setSoTimeout(120_000);
        return s;
    }

    private static void send(Socket s, String text) throws IOException {
        s.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String all(Socket s) throws IOException {
        try (InputStream in = s.getInputStream()) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }

    /// All that comes for it until the server closes.
    private String answer(String request) throws IOException {
        try (Socket s = open()) {
            send(s, request);
            s.shutdownOutput();
            return all(s);
        }
    }
}
