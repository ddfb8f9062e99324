package dev.ichor.netboot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A switch with this PC on it, and two more computers in network namespaces of their own: one for
/// a router, one for a client.
public final class Switch implements AutoCloseable {
    static final Path DNSMASQ = Path.of("/usr/sbin/dnsmasq");
    static final Path BUSYBOX = Path.of("/usr/bin/busybox");

    private static final String CLIENT_MAC = "02:00:5e:00:53:01";

    /// The system needs a moment to forget the names of the one before.
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final long PID = ProcessHandle.current().pid();

    private final String id = PID % 100_000 + "-" + COUNT.incrementAndGet();
    private final String net = "10.232." + PID % 250 + ".";
    private final String bridge = "dhcpb" + id;
    private final String router = "dhcp-r" + id;
    private final String client = "dhcp-c" + id;
    private final List<Process> started = new ArrayList<>();

    /// Builds it, or skips the test where that is not possible.
    public Switch() throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("user.name").equals("root")
                        && Files.isExecutable(DNSMASQ)
                        && Files.isExecutable(BUSYBOX),
                "skipped: needs root, dnsmasq and busybox (Debian: dnsmasq-base, busybox-static)");
        assumeTrue(
                run("ip", "netns", "add", router) && run("ip", "netns", "add", client),
                "skipped: needs network namespaces (ip netns add is refused)");
        run("ip", "link", "add", bridge, "type", "bridge", "forward_delay", "0");
        run("ip", "addr", "add", pc() + "/24", "dev", bridge);
        run("ip", "link", "set", bridge, "up");
        plug(router, "dhcpr" + id);
        plug(client, "dhcpc" + id);
        run("ip", "-n", router, "addr", "add", router() + "/24", "dev", "eth0");
        run("ip", "-n", client, "addr", "add", net + "99/24", "dev", "eth0");
        run("ip", "-n", client, "route", "add", "255.255.255.255/32", "dev", "eth0");
    }

    private void plug(String space, String port) throws IOException, InterruptedException {
        run("ip", "link", "add", port, "type", "veth", "peer", "eth0", "netns", space);
        run("ip", "link", "set", port, "master", bridge, "up");
        if (space.equals(client)) {
            run("ip", "-n", space, "link", "set", "eth0", "address", CLIENT_MAC);
        }
        run("ip", "-n", space, "link", "set", "eth0", "up");
    }

    /// This PC's address, in a network of 24 bits.
    public Ip4 pc() {
        return Ip4.of(net + "2");
    }

    /// The router's address.
    public Ip4 router() {
        return Ip4.of(net + "1");
    }

    Mac clientMac() {
        return Mac.of(CLIENT_MAC);
    }

    /// Starts a router's DHCP server, and waits until it serves.
    public void plugInRouter(Path folder) throws IOException {
        Process p =
                start(
                        router,
                        DNSMASQ.toString(),
                        "--no-daemon",
                        "--port=0",
                        "--conf-file=/dev/null",
                        "--user=root",
                        "--no-ping",
                        "--log-facility=-",
                        "--pid-file",
                        "--interface=eth0",
                        "--dhcp-leasefile=" + folder.resolve("leases"),
                        "--dhcp-range=" + net + "100," + net + "200,1h");
        BufferedReader log = p.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains("IP range")) {
                return; // the little it says from here on fits into the pipe
            }
        }
        throw new IOException("dnsmasq does not start");
    }

    /// Runs a command on the client to its end.
    ///
    /// @return what it wrote
    String onClient(String... command) throws IOException, InterruptedException {
        Process p = start(client, command);
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        p.waitFor();
        return out;
    }

    private Process start(String space, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space));
        all.addAll(List.of(command));
        Process p = new ProcessBuilder(all).redirectErrorStream(true).start();
        p.getOutputStream().close();
        started.add(p);
        return p;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Process p : started) {
            p.destroy();
            p.waitFor();
        }
        run("ip", "link", "del", bridge);
        run("ip", "netns", "del", router);
        run("ip", "netns", "del", client);
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
