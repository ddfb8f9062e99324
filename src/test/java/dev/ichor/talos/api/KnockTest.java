package dev.ichor.talos.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Ip4;
import dev.ichor.talos.Authority;
import dev.ichor.talos.PemPair;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.Tls;

import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What waits at a port, told from outside.
@Timeout(60)
class KnockTest {
    private static final Ip4 HERE = Ip4.of("127.0.0.1");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<AutoCloseable> open = new ArrayList<>();
    private Secrets secrets;

    @BeforeEach
    void read() throws Exception {
        secrets = TalosClientTest.secrets("sans-v1.13");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void a_configured_machine_of_this_cluster_is_ours() throws Exception {
        int port = configured(secrets, NOW);
        assertThat(knock(port)).isEqualTo(new Knock.Answer.Ours());
    }

    @Test
    void a_machine_without_config_shows_the_fingerprint_that_its_screen_shows() throws Exception {
        PemPair own =
                Authority.fresh("talos", () -> NOW, RANDOM)
                        .server("talos", List.of(HERE), () -> NOW, RANDOM);
        int port = serve(SslContextBuilder.forServer(Tls.keys(own)));
        String fingerprint = Fingerprint.of(Tls.certificate(own.crt()));
        assertThat(knock(port)).isEqualTo(new Knock.Answer.Maintenance(fingerprint));
        assertThat(fingerprint).hasSize(44).endsWith("=");
    }

    @Test
    void a_machine_of_an_older_cluster_is_told_apart() throws Exception {
        int port = configured(TalosClientTest.secrets("basic-v1.9"), NOW);
        assertThat(knock(port)).isInstanceOf(Knock.Answer.Foreign.class);
    }

    @Test
    void a_clock_that_is_a_year_ahead_or_behind_is_named() throws Exception {
        int ahead = configured(secrets, NOW.plus(YEAR));
        assertThat(words(ahead))
                .isEqualTo(
                        "127.0.0.1:%d shows a certificate of this cluster that is valid only from"
                                        .formatted(ahead)
                                + " 2027-03-01 on. This PC's clock says 2026-03-01; one of the two"
                                + " is wrong. Set the wrong clock; a machine takes the time from"
                                + " its firmware and by NTP.");
        int behind = configured(secrets, NOW.minus(YEAR.plusDays(1)));
        assertThat(words(behind)).contains(":" + behind, "valid only until 2026-02-28.");
    }

    @Test
    void a_machine_that_answers_garbage_is_named() throws Exception {
        int port = answering("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(words(port))
                .startsWith(
                        "127.0.0.1:" + port + " answers with something that is not the Talos API.");
    }

    @Test
    void a_machine_that_hangs_in_the_handshake_is_named() throws Exception {
        int port = answering("");
        assertThat(words(port, Duration.ofSeconds(1)))
                .startsWith(
                        "127.0.0.1:"
                                + port
                                + " takes connections but does not finish the TLS handshake.");
    }

    @Test
    void a_machine_that_is_off_is_away() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(knock(port)).isEqualTo(new Knock.Answer.Away());
    }

    private Knock.Answer knock(int port) {
        return new Knock(secrets.talos().crt(), () -> NOW, Duration.ofSeconds(5)).at(HERE, port);
    }

    private String words(int port) {
        return words(port, Duration.ofSeconds(20));
    }

    private String words(int port, Duration patience) {
        Knock knock = new Knock(secrets.talos().crt(), () -> NOW, patience);
        return knock.at(HERE, port) instanceof Knock.Answer.Odd(var problem)
                ? problem.toString()
                : "not odd";
    }

    private int configured(Secrets of, Instant when) throws Exception {
        InstantSource clock = () -> when;
        PemPair own = new Authority(of.talos()).server("node", List.of(HERE), clock, RANDOM);
        return serve(
                SslContextBuilder.forServer(Tls.keys(own))
                        .trustManager(Tls.trust(of.talos().crt()))
                        .clientAuth(ClientAuth.REQUIRE));
    }

    private int serve(SslContextBuilder how) throws Exception {
        Server server =
                NettyServerBuilder.forAddress(new InetSocketAddress(HERE.inet(), 0))
                        .sslContext(
                                GrpcSslContexts.configure(how, SslProvider.JDK)
                                        .protocols("TLSv1.3")
                                        .build())
                        .build()
                        .start();
        open.add(server::shutdownNow);
        return server.getPort();
    }

    /// Takes connections, says its text and waits for the other side to hang up.
    private int answering(String text) throws IOException {
        ServerSocket listening = new ServerSocket(0, 5, HERE.inet());
        open.add(listening);
        Thread.ofVirtual()
                .start(() -> {
                    while (!listening.isClosed()) {
                        try (Socket peer = listening.accept()) {
                            OutputStream out = peer.getOutputStream();
                            out.write(text.getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                            peer.getInputStream().readAllBytes();
                        } catch (IOException e) {
                            // The other side hung up, or we are closing.
                            Thread.onSpinWait();
                        }
                    }
                });
        return listening.getLocalPort();
    }
}
