package dev.ichor.nas;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.NasTarget;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real Samba on loopback with a share `docker`, a user and everything it writes of its own.
final class Samba implements AutoCloseable {
    static final String PASSWORD = "throw-away";

    private static final Path PROGRAM = Path.of("/usr/sbin/smbd");
    private static final String USER = System.getProperty("user.name");

    private final int port;
    private final Process process;

    private Samba(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /// @param more further lines of `[global]`
    static Samba start(Path home, Path share, List<String> more) throws Exception {
        assumeTrue(
                Files.isExecutable(PROGRAM) && USER.equals("root"),
                "skipped: needs smbd (Debian package samba) and root");
        Files.createDirectories(home.resolve("private"));
        int port = freePort();
        Path config = Files.write(home.resolve("smb.conf"), config(home, share, port, more));
        addUser(config);
        Process process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "--foreground",
                                "--no-process-group",
                                "--configfile=" + config)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("smbd.out").toFile())
                        .start();
        Samba samba = new Samba(port, process);
        samba.awaitListening();
        return samba;
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

    private void awaitListening() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        close();
        throw new IOException("smbd does not start");
    }

    NasTarget target(String folder) {
        return new NasTarget("smb://127.0.0.1", port, USER, folder, null, "http://127.0.0.1:8080");
    }

    /// As when the NAS loses power.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }
}
