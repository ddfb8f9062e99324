package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.Peer;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.SelfTestLine;
import dev.ichor.netboot.Answers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// A NAS made of a real Matchbox v0.11.0 (src/test/peers/build.sh) and tftpd-hpa.
@Timeout(120)
class SelfTestTest {
    private static final Path TFTPD = Path.of("/usr/sbin/in.tftpd");
    private static final String ASKED = "/ipxe?mac=52:54:00:a1:9c:ae";

    private @Nullable Peer matchbox;
    private @Nullable Process tftpd;

    @TempDir Path nas;
    private BootTree tree;
    private int http;
    private int tftp;

    @BeforeEach
    void copied() throws Exception {
        assumeTrue(Files.isExecutable(TFTPD), "skipped: needs in.tftpd (Debian package tftpd-hpa)");
        tree =
                BootTree.of(
                        Map.of(
                                "groups/cp-1.json",
                                new Content.Text(
                                        """
                                        {"id": "cp-1", "profile": "cp-1",
                                         "selector": {"mac": "52:54:00:a1:9c:ae"}}
                                        """),
                                "profiles/cp-1.json",
                                new Content.Text(
                                        """
                                        {"id": "cp-1", "boot": {"kernel": "/assets/vmlinuz",
                                         "initrd": ["/assets/initramfs.xz"], "args": ["a=b"]}}
                                        """),
                                "assets/vmlinuz",
                                new Content.Text("kernel"),
                                "assets/initramfs.xz",
                                new Content.Text("initramfs"),
                                "tftp/snponly.efi",
                                new Content.Text("loader"),
                                "tftp/autoexec.ipxe",
                                new Content.Text("#!ipxe")));
        for (String path : tree.list("")) {
            Path file = nas.resolve(path);
            Files.createDirectories(file.getParent());
            try (var in = tree.get(path).orElseThrow().open()) {
                Files.copy(in, file);
            }
        }
        Files.createDirectories(nas.resolve("generic"));
        Files.writeString(nas.resolve("generic/x"), "secret");
        http = Peer.freePort();
        try (DatagramSocket free = new DatagramSocket(0)) {
            tftp = free.getLocalPort();
        }
    }

    private void start(Path tftpRoot) throws Exception {
        matchbox = Peer.matchbox(nas);
        http = matchbox.port();
        startTftp(tftpRoot);
    }

    private void startTftp(Path tftpRoot) throws Exception {
        tftpd =
                new ProcessBuilder(
                                TFTPD.toString(),
                                "--foreground",
                                "-a",
                                "127.0.0.1:" + tftp,
                                "-u",
                                "root",
                                "-s",
                                tftpRoot.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        while (!bound(tftp)) {
            assertThat(tftpd.isAlive()).isTrue();
            Thread.sleep(10);
        }
    }

    /// Is a UDP port of 127.0.0.1 taken? Read from the kernel: trying to bind it could hinder the
    /// server that is about to.
    private static boolean bound(int port) throws IOException {
        return Files.readString(Path.of("/proc/net/udp"))
                .contains(String.format(" 0100007F:%04X ", port));
    }

    @AfterEach
    void stop() {
        if (matchbox != null) {
            matchbox.close();
        }
        if (tftpd != null) {
            Peer.end(tftpd);
        }
    }

    private String test() throws IOException {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String target : List.of("/boot.ipxe", ASKED)) {
            answers.put(target, Answers.of(tree, target).orElseThrow());
        }
        List<SelfTestLine> lines =
                new SelfTest(tree, URI.create("http://127.0.0.1:" + http), tftp, answers).run();
        return lines.stream()
                .map(l -> (l.good() ? "+ " : "- ") + l.sentence())
                .collect(Collectors.joining("\n"))
                .replace(String.valueOf(http), "PORT");
    }

    @Test
    void a_nas_that_serves_what_was_copied_is_good() throws Exception {
        start(nas.resolve("tftp"));
        assertThat(test())
                .isEqualTo(
                        """
                        + TFTP gives autoexec.ipxe, 6 bytes.
                        + TFTP gives snponly.efi, 6 bytes.
                        + TFTP gives nothing from beside its root.
                        + GET /boot.ipxe answers as the built-in server does.
                        + GET /ipxe?mac=52:54:00:a1:9c:ae answers as the built-in server does.
                        + HEAD /assets/initramfs.xz: 9 bytes.
                        + HEAD /assets/vmlinuz: 6 bytes.\
                        """);
    }

    @Test
    void a_nas_with_another_root_and_other_files_says_what_is_wrong() throws Exception {
        Files.writeString(
                nas.resolve("profiles/cp-1.json"),
                "{\"id\": \"cp-1\", \"boot\": {\"kernel\": \"/assets/old\"}}");
        Files.writeString(nas.resolve("assets/vmlinuz"), "another kernel");
        start(nas);
        assertThat(test())
                .contains(
                        "- TFTP does not give autoexec.ipxe: ",
                        "- GET /ipxe?mac=52:54:00:a1:9c:ae answers another text than the built-in"
                                + " server: does Matchbox read the folder that Ichor copied?",
                        "- HEAD /assets/vmlinuz answers 200, length 14 instead of 6.")
                .contains("+ GET /boot.ipxe");
    }

    @Test
    void a_request_that_got_lost_is_asked_again() throws Exception {
        try (var deaf = new DatagramSocket(tftp, InetAddress.getLoopbackAddress());
                var thread = Executors.newSingleThreadExecutor()) {
            Future<?> started =
                    thread.submit(() -> {
                        deaf.receive(new DatagramPacket(new byte[512], 512));
                        deaf.close();
                        startTftp(nas.resolve("tftp"));
                        return null;
                    });
            assertThat(test()).startsWith("+ TFTP gives autoexec.ipxe, 6 bytes.");
            started.get();
        }
    }

    @Test
    void a_nas_on_which_nothing_was_started_says_what_to_start() throws Exception {
        assertThat(test())
                .isEqualTo(
                        """
                        - TFTP on 127.0.0.1 does not answer: switch the NAS's TFTP service on, with\
                         the folder tftp as its root.
                        - Nothing answers at http://127.0.0.1:PORT: start the containers of\
                         compose.yaml on the NAS.\
                        """);
    }
}
