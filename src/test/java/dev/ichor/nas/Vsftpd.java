package dev.ichor.nas;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.Peer;
import dev.ichor.cluster.NasTarget;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real vsftpd on loopback with a user and a certificate of its own; the user is known in its own
/// mount namespace only.
final class Vsftpd implements AutoCloseable {
    static final String PASSWORD = "throw-away";

    private static final Path PROGRAM = Path.of("/usr/sbin/vsftpd");
    private static final String USER = "ichor-test";

    private final Peer peer;
    private final boolean tls;

    private Vsftpd(Peer peer, boolean tls) {
        this.peer = peer;
        this.tls = tls;
    }

    /// @param more further lines of the configuration
    static Vsftpd start(Path home, boolean tls, String... more) throws Exception {
        assumeTrue(
                Files.isExecutable(PROGRAM) && System.getProperty("user.name").equals("root"),
                "skipped: needs vsftpd (Debian package vsftpd) and root");
        int port = Peer.freePort();
        Files.createDirectories(home.resolve("empty"));
        Path config = Files.write(home.resolve("vsftpd.conf"), config(home, port, tls, more));
        if (tls && !Files.exists(home.resolve("ftp.pem"))) {
            certificate(home);
        }
        String hash = run(List.of("openssl", "passwd", "-6", PASSWORD)).strip();
        Files.writeString(
                home.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd"))
                        + USER
                        + ":x:0:0::"
                        + home
                        + ":/bin/bash\n");
        Files.writeString(
                home.resolve("shadow"),
                Files.readString(Path.of("/etc/shadow")) + USER + ":" + hash + ":19000::::::\n");
        String script =
                "mount --bind %1$s/passwd /etc/passwd && mount --bind %1$s/shadow /etc/shadow && exec %2$s %3$s"
                        .formatted(home, PROGRAM, config);
        Path said = home.resolve("vsftpd.out");
        List<String> command = List.of("unshare", "--mount", "sh", "-c", script);
        return new Vsftpd(Peer.start(port, said, command), tls);
    }

    private static List<String> config(Path home, int port, boolean tls, String... more) {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "listen=YES",
                                "background=NO",
                                "listen_address=127.0.0.1",
                                "listen_port=" + port,
                                "local_enable=YES",
                                "write_enable=YES",
                                "local_umask=022",
                                "utf8_filesystem=YES",
                                "seccomp_sandbox=NO",
                                "session_support=NO",
                                "secure_chroot_dir=" + home.resolve("empty"),
                                "pam_service_name=vsftpd",
                                "xferlog_enable=YES",
                                "vsftpd_log_file=" + home.resolve("vsftpd.log")));
        if (tls) {
            lines.addAll(
                    List.of(
                            "ssl_enable=YES",
                            "require_ssl_reuse=YES",
                            "rsa_cert_file=" + home.resolve("ftp.pem"),
                            "rsa_private_key_file=" + home.resolve("ftp.pem")));
        }
        lines.addAll(List.of(more));
        return lines;
    }

    /// A new one, as after a NAS was set up anew.
    static void certificate(Path home) throws Exception {
        String pem = home.resolve("ftp.pem").toString();
        run(
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=nas",
                        "-keyout",
                        pem + ".key",
                        "-out",
                        pem + ".crt"));
        Files.writeString(
                Path.of(pem),
                Files.readString(Path.of(pem + ".key")) + Files.readString(Path.of(pem + ".crt")));
    }

    private static String run(List<String> command) throws Exception {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (p.waitFor() != 0) {
            throw new IOException(command.getFirst() + ": " + said);
        }
        return said;
    }

    NasTarget target(Path folder) {
        return new NasTarget(
                (tls ? "ftps" : "ftp") + "://127.0.0.1",
                peer.port(),
                USER,
                folder.toString(),
                null,
                "http://127.0.0.1:8080");
    }

    /// As when the NAS loses power.
    void kill() {
        peer.kill();
    }

    @Override
    public void close() {
        peer.close();
    }
}
