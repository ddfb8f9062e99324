package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Large files to a client that takes its time, and files that change meanwhile.
@Timeout(120)
class FileTransferTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");

    /// More than the sockets' buffers hold.
    private static final int SIZE = 48 << 20;

    @TempDir Path dir;

    private final BlockingQueue<BootEvent.TransferFailed> failures = new LinkedBlockingQueue<>();
    private Path file;
    private BootServer server;

    @BeforeEach
    void start() throws IOException {
        file = dir.resolve("assets/initramfs-amd64.xz");
        Files.createDirectories(file.getParent());
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
        BootLog log = new BootLog();
        log.listen(e -> {
            if (e instanceof BootEvent.TransferFailed f) {
                failures.add(f);
            }
        });
        Gate gate = OpenGate.of(log);
        Wire wire = new Wire(0, 0, 0, 0, 0, 0, List::of);
        Setup setup = new Setup(US, wire, DhcpRole.OFF, InstantSource.system(), m -> true);
        BootTree tree = BootTree.folder(dir, dir.resolve("assets"));
        server = BootServer.start(setup, tree, new Loaders(List.of()), gate, log);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private interface Change {
        void make() throws IOException;
    }

    /// Asks for the file, changes it when the transfer has begun, and reads what comes.
    ///
    /// @return how much came, and what the owner is told
    private String changedMeanwhile(Change change) throws Exception {
        long got = 0;
        try (Socket s = new Socket()) {
            s.setReceiveBufferSize(16 << 10);
            s.connect(new InetSocketAddress(US.inet(), server.ports().http()));
            s.getOutputStream()
                    .write(
                            "GET /assets/initramfs-amd64.xz HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .getBytes(ISO_8859_1));
            InputStream in = s.getInputStream();
            got += in.readNBytes(1000).length;
            change.make();
            got += in.transferTo(OutputStream.nullOutputStream());
        }
        assertThat(got).as("less than was promised").isLessThan(SIZE);
        BootEvent.TransferFailed failed = failures.poll(60, TimeUnit.SECONDS);
        assertThat(failed).isNotNull();
        assertThat(failed.file()).isEqualTo("/assets/initramfs-amd64.xz");
        return failed.reason();
    }

    @Test
    void a_file_that_becomes_shorter_is_told_by_its_name() throws Exception {
        String told =
                changedMeanwhile(() -> {
                    try (FileChannel c = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        c.truncate(SIZE / 2);
                    }
                });
        assertThat(told).isEqualTo("The file " + file + " became shorter while it was sent.");
    }

    @Test
    void a_file_that_is_overwritten_is_told_by_its_name() throws Exception {
        String told =
                changedMeanwhile(() -> {
                    Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
                    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
                });
        assertThat(told).isEqualTo("The file " + file + " changed while it was sent.");
    }

    @Test
    void a_file_that_is_deleted_is_told_by_its_name() throws Exception {
        assertThat(changedMeanwhile(() -> Files.delete(file)))
                .isEqualTo("The file " + file + " went away while it was sent.");
    }

    @Test
    void a_slow_client_gets_every_byte_by_each_way_of_sending() throws Exception {
        byte[] all = Files.readAllBytes(file);
        for (FileSender sender :
                List.of(new FileSender.ByKernel(), new FileSender.Copied(64 << 10))) {
            try (ServerSocketChannel here =
                            ServerSocketChannel.open().bind(new InetSocketAddress(US.inet(), 0));
                    Socket client = new Socket()) {
                client.setReceiveBufferSize(16 << 10);
                client.connect(here.getLocalAddress());
                FutureTask<Long> sent = new FutureTask<>(() -> send(sender, here.accept()));
                Thread.ofVirtual().start(sent);
                byte[] got = client.getInputStream().readAllBytes();
                assertThat(Arrays.mismatch(got, all)).as(sender.toString()).isEqualTo(-1);
                assertThat(sent.get(60, TimeUnit.SECONDS)).isEqualTo(SIZE);
            }
        }
    }

    private long send(FileSender sender, SocketChannel to) throws IOException {
        try (to;
                FileChannel in = FileChannel.open(file)) {
            long at = 0;
            while (at < SIZE) {
                long n = sender.send(in, at, SIZE - at, to);
                assertThat(n).isPositive();
                at += n;
            }
            return at;
        }
    }

    @Test
    void a_file_that_goes_away_before_it_is_opened_is_told_by_its_name() throws IOException {
        Content.File was = Content.File.at(file);
        Files.delete(file);
        try (SocketChannel nobody = SocketChannel.open()) {
            assertThatThrownBy(() -> new HttpBody.Region(was, 0, SIZE).send(nobody, n -> {}))
                    .isInstanceOf(HttpBody.FileTrouble.class)
                    .hasMessage("The file " + file + " went away while it was sent.");
        }
    }
}
