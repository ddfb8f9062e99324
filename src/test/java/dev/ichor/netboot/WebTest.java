package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// A folder served as Matchbox does, each machine after *Approve*.
@Timeout(60)
class WebTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");

    private final BootLog log = new BootLog();
    private Gate gate;
    private BootServer server;

    @BeforeEach
    void start() throws IOException {
        InstantSource clock = InstantSource.system();
        gate =
                new Gate(
                        Rules.folder(Approval.ASK),
                        ip -> Optional.of(NODE),
                        ConfigSource.NONE,
                        log,
                        clock);
        Wire wire = new Wire(0, 0, 0, 0, 0, 0, List::of);
        Setup setup = new Setup(US, wire, DhcpRole.OFF, clock, m -> true);
        server = BootServer.start(setup, tree(), new Loaders(List.of()), gate, log);
        gate.arm();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static BootTree tree() {
        return BootTree.of(
                Map.of(
                        "groups/own.json",
                        text(
                                "{\"id\":\"own\",\"profile\":\"own\",\"selector\":{\"mac\":\"%s\"}}"
                                        .formatted(NODE)),
                        "groups/other.json",
                        text(
                                "{\"id\":\"other\",\"profile\":\"other\",\"selector\":"
                                        + "{\"uuid\":\"u-2\"},\"metadata\":{\"key\":\"theirs\"}}"),
                        "profiles/own.json",
                        text(
                                "{\"id\":\"own\",\"generic_id\":\"own.yaml\",\"cloud_id\":\"own.yaml\"}"),
                        "profiles/other.json",
                        text(
                                "{\"id\":\"other\",\"generic_id\":\"other.yaml\","
                                        + "\"cloud_id\":\"other.yaml\"}"),
                        "generic/own.yaml",
                        text("own"),
                        "generic/other.yaml",
                        text("theirs"),
                        "cloud/own.yaml",
                        text("#cloud-config\nhostname: own"),
                        "cloud/other.yaml",
                        text("#cloud-config\nhostname: theirs")));
    }

    private static Content text(String text) {
        return new Content.Text(text);
    }

    @Test
    void an_approved_machine_gets_its_own_config_whatever_else_it_says() throws Exception {
        gate.approve(NODE);
        String asking = "?uuid=u-2&mac=" + NODE;
        assertThat(get("/generic" + asking)).endsWith("\r\n\r\nown");
        assertThat(get("/cloud" + asking)).endsWith("#cloud-config\nhostname: own");
        assertThat(get("/metadata" + asking)).contains("200 OK").doesNotContain("theirs");
        assertThat(get("/ignition" + asking)).contains("404 Not Found");
    }

    @Test
    void nothing_of_a_machine_is_handed_out_without_its_mac() throws Exception {
        for (String path : List.of("/generic", "/cloud", "/ignition", "/metadata", "/%63loud")) {
            assertThat(get(path + "?uuid=u-2")).as(path).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void closing_ends_a_held_request() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        log.listen(e -> {
            if (e instanceof BootEvent.WaitingForApproval) {
                waits.countDown();
            }
        });
        FutureTask<String> held = new FutureTask<>(() -> get("/generic?mac=" + NODE));
        Thread.ofVirtual().start(held);
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        server.close();
        assertThat(held.get(10, TimeUnit.SECONDS)).isEmpty();
        gate.approve(NODE);
        assertThat(log.events()).noneMatch(BootEvent.ConfigServed.class::isInstance);
    }

    @Test
    void closing_interrupts_a_handler_that_waits() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        HttpServer http =
                HttpServer.bind(new InetSocketAddress(US.inet(), 0), InstantSource.system());
        http.serve(r -> {
            began.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
            return HttpResponse.notFound();
        });
        try (Socket s = new Socket(US.inet(), http.port())) {
            s.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
            http.close();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private String get(String target) throws IOException {
        try (Socket s = new Socket(US.inet(), server.ports().http());
                InputStream in = s.getInputStream()) {
            String ask = "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            s.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
