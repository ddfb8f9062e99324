package dev.ichor.nas;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.Peer;
import dev.ichor.cluster.NasTarget;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A real OpenSSH server on loopback, run by the current user with a key of its own.
public final class Sshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final int TRIES = 5;

    private final Path home;
    private final int port;
    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();

    private Sshd(Path home, int port, Process process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    public static Sshd start(Path home, String... moreConfig) throws Exception {
        assumeTrue(
                Files.isExecutable(PROGRAM), "skipped: needs sshd (Debian package openssh-server)");
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // sshd of root insists on it
        }
        key(home.resolve("host"));
        key(home.resolve("me"));
        for (int i = 1; ; i++) {
            int port = Peer.freePort();
            Path config = Files.write(home.resolve("sshd_config"), config(home, port, moreConfig));
            Process process =
                    new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
                            .redirectErrorStream(true)
                            .start();
            Sshd sshd = new Sshd(home, port, process);
            if (sshd.listens()) {
                return sshd;
            }
            if (i == TRIES) {
                throw new IOException("sshd does not start: " + sshd.log);
            }
        }
    }

    private static List<String> config(Path home, int port, String[] more) {
        return Stream.concat(
                        Stream.of(more),
                        Stream.of(
                                "Port " + port,
                                "ListenAddress 127.0.0.1",
                                "HostKey " + home.resolve("host"),
                                "AuthorizedKeysFile " + home.resolve("me.pub"),
                                "StrictModes no",
                                // Without PAM, sshd of an ordinary user takes every account for
                                // locked.
                                "UsePAM yes",
                                "KbdInteractiveAuthentication no",
                                "PermitRootLogin yes",
                                "PidFile none",
                                "Subsystem sftp internal-sftp"))
                .toList();
    }

    /// Reads the log until sshd listens or has ended, and goes on reading beside.
    private boolean listens() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            log.add(line);
            if (line.contains("Server listening")) {
                Thread.startVirtualThread(() -> readOn(out));
                return true;
            }
        }
        return false;
    }

    private void readOn(BufferedReader out) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                log.add(line);
            }
        } catch (IOException e) {
            log.add("ended: " + e.getMessage());
        }
    }

    public NasTarget target(Path folder, @Nullable String hostKey) {
        return new NasTarget(
                "127.0.0.1",
                port,
                System.getProperty("user.name"),
                folder.toString(),
                hostKey,
                "http://127.0.0.1:8080");
    }

    Access key() {
        return new Access.KeyFile(identity());
    }

    /// The private key that opens it.
    public Path identity() {
        return home.resolve("me");
    }

    /// Lets another key in, too.
    void authorize(Path privateKey) throws IOException {
        Files.writeString(
                home.resolve("me.pub"),
                Files.readString(Path.of(privateKey + ".pub")),
                StandardOpenOption.APPEND);
    }

    /// As `ssh-keygen -l` prints it.
    public String hostKey() throws Exception {
        Process p =
                new ProcessBuilder("ssh-keygen", "-l", "-f", home.resolve("host.pub").toString())
                        .start();
        return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split(" ")[1];
    }

    List<String> log() {
        return log;
    }

    /// How many connections are open.
    long connections() {
        return process.descendants().count();
    }

    /// Open connections are not answered any more.
    void freeze() throws Exception {
        List<String> kill = new ArrayList<>(List.of("kill", "-STOP"));
        process.descendants().forEach(p -> kill.add(Long.toString(p.pid())));
        new ProcessBuilder(kill).start().waitFor();
    }

    /// The connections break; new ones are let in.
    void cut() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /// As when the NAS loses power: listener and sessions.
    void kill() {
        Peer.end(process);
    }

    @Override
    public void close() {
        kill();
    }

    private static void key(Path file) throws Exception {
        int exit =
                new ProcessBuilder(
                                "ssh-keygen",
                                "-q",
                                "-t",
                                "ed25519",
                                "-N",
                                "",
                                "-f",
                                file.toString())
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IOException("ssh-keygen failed");
        }
    }
}
