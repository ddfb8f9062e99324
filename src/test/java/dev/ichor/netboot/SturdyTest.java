package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A handler that throws does not stop the server.
@Timeout(60)
class SturdyTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");

    private BootServer server;

    /// Our own mistake, for one file only.
    private record Mistaken() implements BootTree {
        @Override
        public Optional<Content> get(String path) {
            if (path.contains("mistake")) {
                throw new IllegalStateException("a mistake made for the test");
            }
            return path.equals("assets/good")
                    ? Optional.of(new Content.Text("good"))
                    : Optional.empty();
        }

        @Override
        public SortedSet<String> list(String folder) {
            return new TreeSet<>();
        }
    }

    @BeforeEach
    void start() throws IOException {
        BootLog log = new BootLog();
        InstantSource clock = InstantSource.system();
        Gate gate = OpenGate.of(log);
        Wire wire = new Wire(0, 0, 0, 0, 0, 0, List::of);
        server =
                BootServer.start(
                        new Setup(US, wire, DhcpRole.OFF, clock, m -> true),
                        new Mistaken(),
                        new Loaders(List.of()),
                        gate,
                        log);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_transfer_that_throws_is_answered_and_the_next_is_served() throws Exception {
        assertThat(tftp("mistake"))
                .isEqualTo(
                        new TftpPacket.TftpError(ErrorCode.NOT_DEFINED, "It cannot be handed out"));
        assertThat(tftp("good")).isInstanceOf(TftpPacket.Data.class);
    }

    @Test
    void an_odd_name_is_a_file_that_is_not_there() throws Exception {
        assertThat(tftp("ödd\u0001\u007f?*|名前"))
                .isEqualTo(new TftpPacket.TftpError(ErrorCode.NOT_FOUND, "File not found"));
    }

    @Test
    void a_request_that_throws_is_answered_500_and_the_next_is_served() throws Exception {
        assertThat(http("/assets/mistake")).startsWith("HTTP/1.1 500 ");
        assertThat(http("/assets/good")).startsWith("HTTP/1.1 200 ").endsWith("good");
        assertThat(http("/assets/%C3%B6dd%01")).startsWith("HTTP/1.1 404 ");
    }

    private TftpPacket tftp(String name) throws IOException {
        byte[] ask = ("\0\1" + name + "\0octet\0").getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket s = new DatagramSocket(new InetSocketAddress(US.inet(), 0))) {
            s.setSoTimeout(10_000);
            s.send(new DatagramPacket(ask, ask.length, US.inet(), server.ports().tftp()));
            DatagramPacket p = new DatagramPacket(new byte[600], 600);
            s.receive(p);
            return TftpPacket.parse(ByteBuffer.wrap(p.getData(), 0, p.getLength())).orElseThrow();
        }
    }

    private String http(String path) throws IOException {
        try (Socket s = new Socket(US.inet(), server.ports().http());
                InputStream in = s.getInputStream()) {
            String ask = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            s.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
