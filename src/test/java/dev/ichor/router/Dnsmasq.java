package dev.ichor.router;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Subnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real dnsmasq in a network namespace of its own, joined to this PC by a cable of two virtual
/// ends.
final class Dnsmasq implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/dnsmasq");

    private final String id = Long.toString(ProcessHandle.current().pid() % 100_000);
    private final String space = "ichor" + id;
    private final String net = "10.231." + Long.parseLong(id) % 250 + ".";
    private final Process process;

    /// @param boot further options, `PC` stands for this PC's address
    Dnsmasq(Path folder, String... boot) throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("user.name").equals("root") && Files.isExecutable(PROGRAM),
                "skipped: needs root and dnsmasq (Debian package dnsmasq-base)");
        assumeTrue(
                run("ip", "netns", "add", space),
                "skipped: needs network namespaces (ip netns add is refused)");
        plug();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ip netns exec " + space + " " + PROGRAM,
                                "--no-daemon --port=0 --conf-file=/dev/null --user=root --no-ping",
                                "--log-facility=- --pid-file --interface=r" + id,
                                "--dhcp-leasefile=" + folder.resolve("leases"),
                                "--dhcp-range=" + net + "100," + net + "200,1h"));
        for (String option : boot) {
            command.add(option.replace("PC", net + "2"));
        }
        process =
                new ProcessBuilder(String.join(" ", command).split(" "))
                        .redirectErrorStream(true)
                        .start();
        awaitReady();
    }

    private void plug() throws IOException, InterruptedException {
        run("ip", "link", "add", "p" + id, "type", "veth", "peer", "r" + id, "netns", space);
        run("ip", "addr", "add", net + "2/24", "dev", "p" + id);
        run("ip", "link", "set", "p" + id, "up");
        run("ip", "-n", space, "addr", "add", net + "1/24", "dev", "r" + id);
        run("ip", "-n", space, "link", "set", "r" + id, "up");
    }

    private void awaitReady() throws IOException {
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains("IP range")) {
                return; // the little it says from here on fits into the pipe
            }
        }
        throw new IOException("dnsmasq does not start");
    }

    Ip4 router() {
        return Ip4.of(net + "1");
    }

    Adapter adapter() {
        return new Adapter("p" + id, "cable", new Subnet(Ip4.of(net + "2"), 24), true, 0);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
        run("ip", "link", "del", "p" + id);
        run("ip", "netns", "del", space);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
