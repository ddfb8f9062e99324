package dev.ichor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real server that a test started on loopback; it and all below it end with the test.
public final class Peer implements AutoCloseable {
    private static final Path MATCHBOX = Path.of("target/peers/matchbox");

    private final Process process;
    private final int port;

    private Peer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a program and waits until it accepts TCP connections.
    ///
    /// @param said where its output goes
    /// @throws IOException with what it said, when it ends before that
    public static Peer start(int port, Path said, List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        Peer peer = new Peer(process, port);
        while (process.isAlive()) {
            try (Socket s = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return peer;
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        throw new IOException(command.getFirst() + " has ended: " + Files.readString(said));
    }

    /// Matchbox v0.11.0 (src/test/peers/build.sh) on a data folder; skips the test where it was not
    /// built.
    public static Peer matchbox(Path data) throws Exception {
        assumeTrue(
                Files.isExecutable(MATCHBOX),
                "skipped: no target/peers/matchbox; run src/test/peers/build.sh");
        int port = freePort();
        return start(
                port,
                Path.of("target/peers/matchbox.log"),
                List.of(
                        MATCHBOX.toString(),
                        "-address=127.0.0.1:" + port,
                        "-data-path=" + data,
                        "-assets-path=" + data.resolve("assets")));
    }

    /// A TCP port of loopback that nobody uses now.
    public static int freePort() throws IOException {
        try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }

    /// Where it listens.
    public int port() {
        return port;
    }

    /// As when its machine loses power.
    public void kill() {
        end(process);
    }

    /// Ends a program and all below it, the program first, which could start others meanwhile; when
    /// this is over none of them writes into a test's folder any more.
    public static void end(Process process) {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        while (below.stream().anyMatch(Peer::runs)) {
            Thread.onSpinWait();
        }
    }

    /// Whether it can still do something; one that has ended may stand in the table for ever where
    /// nobody asks for its exit code.
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", process.pid() + "", "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
