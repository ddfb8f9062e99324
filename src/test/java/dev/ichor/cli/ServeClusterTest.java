package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.Subnet;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.World;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// `ichor serve` of a cluster on loopback, and the commands that reach it from another terminal.
@Timeout(180)
class ServeClusterTest {
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final String NAME = "control-1";

    @TempDir private Path dir;
    private final List<Terminal> terminals = new ArrayList<>();

    /// A command that runs on, and the lines it prints.
    private record Terminal(Thread thread, Screen screen) {
        void await(String... parts) throws InterruptedException {
            String line = "";
            while (!List.of(parts).stream().allMatch(line::contains)) {
                line = screen.lines.take();
                assertThat(line).as("a line with " + List.of(parts)).isNotEqualTo(Screen.ENDED);
            }
        }
    }

    /// Takes lines from many threads, of which some end before the line is read: a pipe of the JDK
    /// calls itself dead then.
    private static final class Screen extends Writer {
        static final String ENDED = "the command has ended";

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder begun = new StringBuilder();

        @Override
        public void write(char[] text, int from, int length) {
            synchronized (lock) {
                begun.append(text, from, length);
                for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
                    lines.add(begun.substring(0, end));
                    begun.delete(0, end + 1);
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            lines.add(ENDED);
        }
    }

    private record Result(int exit, String out, String err) {}

    /// A PC with nothing but loopback, and one Talos in its cache.
    private static Platform loopback(Path cache) {
        World none = TestWorld.downloading(TestWorld.without().sources().talos(), cache);
        Adapter lo = new Adapter("lo", "this PC", new Subnet(US, 8), true, 0);
        World.Lan lan =
                new World.Lan(() -> List.of(lo), Map::of, Wire.REAL, List.of(), (mac, from) -> {});
        return new Nowhere(
                new World(
                        lan, none.sources(), none.pc(), InstantSource.system(), none.random(), 1));
    }

    @BeforeEach
    void make() throws Exception {
        Machine machine =
                new Machine(NODE, Ip4.of("127.0.0.50"), "Fujitsu", "", Firmware.BIOS, true);
        Draft draft =
                Draft.empty()
                        .named("attic")
                        .on("lo")
                        .found(machine)
                        .assign(
                                NODE,
                                new Draft.Wish(
                                        Role.CONTROL_PLANE,
                                        NAME,
                                        new InstallDisk.Device("/dev/sda"),
                                        Life.DISK_FIRST));
        ClusterFolder.open(cluster()).write(draft);
        Path talos = Files.createDirectories(dir.resolve("cache/talos"));
        Files.writeString(
                talos.resolve(draft.talos() + "-release-amd64.json"),
                """
                {"talos":"%s","image":"release","arch":"AMD64","origin":"ACCEPTED",
                 "fetched":"2026-01-01T00:00:00Z","kernel":%s,"initramfs":%s}
                """
                        .formatted(draft.talos(), cached("kernel"), cached("initramfs")));
    }

    private String cached(String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Path folder = Files.createDirectories(dir.resolve("cache/sha256"));
        Files.write(folder.resolve(sha256), bytes);
        return "{\"sha256\":\"%s\",\"bytes\":%d}".formatted(sha256, bytes.length);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Terminal t : terminals) { // the server first: a watch ends with it
            t.thread().interrupt();
            t.thread().join();
        }
    }

    @Test
    void another_terminal_watches_approves_arms_and_wipes() throws Exception {
        serve();
        Terminal watch = start("watch", cluster().toString(), "--json");
        watch.await("\"event\":\"gateChanged\"", "true");
        assertThat(run("approve", cluster().toString(), NAME).exit()).isZero();
        watch.await("\"event\":\"approved\"", NODE.toString());
        assertThat(run("disarm", cluster().toString()).exit()).isZero();
        watch.await("\"event\":\"gateChanged\"", "false");
        assertThat(run("arm", cluster().toString()).exit()).isZero();
        watch.await("\"event\":\"gateChanged\"", "true");
        for (String once : List.of("local-boot", "other-loader")) {
            assertThat(run(once, cluster().toString(), NAME).exit()).isZero();
            watch.await("\"event\":\"actionChanged\"", once.replace('-', '_'));
        }
        assertThat(run("local-boot", cluster().toString(), "nobody").err())
                .startsWith("No machine of this cluster is called nobody.");
        Result untold = run("wipe", cluster().toString(), NAME, "--confirm", "control-2");
        assertThat(untold.exit()).isEqualTo(2);
        assertThat(untold.err()).startsWith("Nothing was done. This erases the system disk of");
        for (String order : List.of("reinstall", "wipe")) {
            assertThat(run(order, cluster().toString(), NAME, "--confirm", NAME).exit()).isZero();
            watch.await("\"event\":\"actionChanged\"", "\"" + order + "\"", "\"ordered\"");
        }
    }

    @Test
    void a_second_server_and_a_file_of_one_that_died_are_told_in_words() throws Exception {
        Terminal first = serve();
        Result second = run(serving());
        assertThat(second.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(second.err()).startsWith("This cluster is being served already.");
        Path control = cluster().resolve("private/control.json");
        String stale = Files.readString(control);
        first.thread().interrupt();
        first.thread().join();
        assertThat(control).doesNotExist();
        Files.writeString(control, stale);
        Result approve = run("approve", cluster().toString(), "all");
        assertThat(approve.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(approve.err())
                .isEqualTo(
                        "The boot server of this cluster does not answer. It has ended, or another"
                                + " program took its port. Start it again with ichor serve.\n");
    }

    private Path cluster() {
        return dir.resolve("cluster");
    }

    private String[] serving() {
        String ports = "--dhcp off --http-port 0 --tftp-port 0 --json --bind " + US;
        return ("serve " + cluster() + " " + ports).split(" ");
    }

    private Terminal serve() throws InterruptedException {
        Terminal server = start(serving());
        server.await("\"event\":\"ready\"");
        return server;
    }

    private Terminal start(String... args) {
        Screen screen = new Screen();
        PrintWriter both = new PrintWriter(screen);
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            Cli.run(args, loopback(dir.resolve("cache")), both, both);
                            both.close();
                        });
        Terminal terminal = new Terminal(thread, screen);
        terminals.add(terminal);
        return terminal;
    }

    private Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit =
                Cli.run(
                        args,
                        loopback(dir.resolve("cache")),
                        new PrintWriter(out),
                        new PrintWriter(err));
        return new Result(exit, out.toString(), err.toString());
    }
}
