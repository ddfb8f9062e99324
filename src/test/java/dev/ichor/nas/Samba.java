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

/// A real Samba on loopback with a share `docker`, a user and everything it writes of its own.
public final class Samba implements AutoCloseable {
    public static final String PASSWORD = "throw-away";

    private static final Path PROGRAM = Path.of("/usr/sbin/smbd");
    private static final String USER = System.getProperty("user.name");

    private final Peer peer;
    private final Path config;

    private Samba(Peer peer, Path config) {
        this.peer = peer;
        this.config = config;
    }

    /// @param more further lines of `[global]`
    public static Samba start(Path home, Path share, List<String> more) throws Exception {
        assumeTrue(
                Files.isExecutable(PROGRAM) && USER.equals("root"),
                "skipped: needs smbd (Debian package samba) and root");
        Files.createDirectories(home.resolve("private"));
        int port = Peer.freePort();
        Path config = Files.write(home.resolve("smb.conf"), config(home, share, port, more));
        addUser(config);
        List<String> command =
                List.of(
                        PROGRAM.toString(),
                        "--foreground",
                        "--no-process-group",
                        "--configfile=" + config);
        return new Samba(Peer.start(port, home.resolve("smbd.out"), command), config);
    }

    private static List<String> config(Path home, Path share, int port, List<String> more) {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "[global]",
                                "smb ports = " + port,
                                "interfaces = lo",
                                "bind interfaces only = yes",
                                "disable netbios = yes",
                                "load printers = no",
                                "disable spoolss = yes",
                                "log file = " + home.resolve("smbd.log"),
                                "passdb backend = tdbsam:" + home.resolve("passdb.tdb")));
        for (String kind : List.of("private dir", "ncalrpc dir")) {
            lines.add(kind + " = " + home.resolve("private"));
        }
        for (String kind : List.of("lock", "state", "cache", "pid")) {
            lines.add(kind + " directory = " + home.resolve(kind));
        }
        lines.addAll(more);
        lines.addAll(List.of("[docker]", "path = " + share, "read only = no"));
        lines.addAll(List.of("[readonly]", "path = " + share, "read only = yes"));
        return lines;
    }

    private static void addUser(Path config) throws Exception {
        Process p =
                new ProcessBuilder("smbpasswd", "-c", config.toString(), "-a", "-s", USER)
                        .redirectErrorStream(true)
                        .start();
        try (var in = p.outputWriter(StandardCharsets.UTF_8)) {
            in.write(PASSWORD + "\n" + PASSWORD + "\n");
        }
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (p.waitFor() != 0) {
            throw new IOException("smbpasswd: " + said);
        }
    }

    public NasTarget target(String folder) {
        return new NasTarget(
                "smb://127.0.0.1", peer.port(), USER, folder, null, "http://127.0.0.1:8080");
    }

    /// What it says about those who are logged in.
    String status() throws Exception {
        Process p =
                new ProcessBuilder("smbstatus", "--configfile=" + config)
                        .redirectErrorStream(true)
                        .start();
        return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
