package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.Peer;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Subnet;
import dev.ichor.host.Outside;
import dev.ichor.host.ThisPc;
import dev.ichor.steps.World;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program of another kind has our HTTP port: `serve` and `doctor` name it.
@Timeout(60)
class PortOwnerTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");

    @TempDir private Path dir;

    private record Result(String out, String err) {}

    /// @param dhcp the DHCP port
    private static Result run(int dhcp, int http, String... words) {
        World none = TestWorld.without();
        Adapter lo = new Adapter("lo", "this PC", new Subnet(US, 8), false, 0);
        Wire wire = new Wire(dhcp, 0, 0, 0, http, 0, List::of);
        World.Lan lan = new World.Lan(() -> List.of(lo), Map::of, wire, List.of(), (m, from) -> {});
        World.Pc pc = new World.Pc(ThisPc.system(), Outside.QUIET);
        World world = new World(lan, none.sources(), pc, none.clock(), none.random(), 1);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Cli.run(words, new Nowhere(world), new PrintWriter(out), new PrintWriter(err));
        return new Result(out.toString(), err.toString());
    }

    private Peer python(int port) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3")),
                "skipped: needs Linux and /usr/bin/python3");
        return Peer.start(
                port,
                dir.resolve("said"),
                List.of(
                        "/usr/bin/python3",
                        "-m",
                        "http.server",
                        "--bind",
                        US.toString(),
                        Integer.toString(port)));
    }

    @Test
    void serve_names_the_program_that_has_its_port() throws Exception {
        int port = Peer.freePort();
        try (Peer other = python(port)) {
            Result r =
                    run(
                            0,
                            port,
                            "serve",
                            "--tree",
                            dir.toString(),
                            "--bind",
                            US.toString(),
                            "--dhcp",
                            "off",
                            "--tftp-port",
                            "0",
                            "--http-port",
                            Integer.toString(port));

            assertThat(r.err())
                    .contains("The boot server cannot open TCP port " + port + " on 127.0.0.1.")
                    .containsPattern("Python3(\\.[0-9]+)? \\(process [0-9]+\\) has it\\.")
                    .contains("Close it while the machines boot.");
        }
    }

    @Test
    void doctor_names_it_before_anything_is_served() throws Exception {
        int port = Peer.freePort();
        // Our own DHCP listener is not told of, and keeps the router from being asked.
        try (Peer other = python(port);
                DatagramSocket ours = new DatagramSocket(0, US.inet())) {
            assertThat(run(ours.getLocalPort(), port, "doctor", dir.toString()).out())
                    .doesNotContain("UDP")
                    .contains("HTTP needs TCP port " + port + ", which is taken.")
                    .containsPattern("Python3(\\.[0-9]+)? \\(process [0-9]+\\) has it\\.");
        }
    }
}
