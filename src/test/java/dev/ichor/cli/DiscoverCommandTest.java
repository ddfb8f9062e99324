package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Subnet;
import dev.ichor.router.FakeConsole;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `ichor discover` on loopback: the neighbour table is made up, sweep and console are real.
class DiscoverCommandTest {
    @TempDir private Path dir;

    private static String discover(String net, String... args) {
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said);
        String[] all =
                Stream.concat(Stream.of("discover", "--listen", "0"), Arrays.stream(args))
                        .toArray(String[]::new);
        Cli.run(all, new Loopback(net), to, to);
        return said.toString();
    }

    @Test
    void merges_the_sweep_a_pasted_table_and_the_consoles_clients_into_one_row_a_machine()
            throws Exception {
        Path list = dir.resolve("arp.txt");
        Files.writeString(
                list,
                """
                Interface: 192.168.1.10 --- 0xb
                  Internet Address      Physical Address      Type
                  192.168.1.66          4c-52-62-08-a3-ce     dynamic
                  192.168.1.77          4c-52-62-0e-11-02     dynamic
                """);
        try (FakeConsole console = FakeConsole.start()) {
            String said =
                    discover(
                            "127.0.0.1/29",
                            "--list",
                            list.toString(),
                            "--unifi",
                            "localhost",
                            "--port",
                            "" + console.port(),
                            "--accept-certificate",
                            console.fingerprint());

            assertThat(said)
                    .contains("4c:52:62:08:a3:ce  127.0.0.3        Fujitsu\n") // the sweep is newer
                    .containsPattern("4c:52:62:0e:11:02  192.168.1.77 .* address or UUID twice\n")
                    .containsPattern(
                            "90:1b:0e:11:22:33  192.168.1.77 .* futro, address or UUID twice\n")
                    .contains("3 found");
        }
    }

    @Test
    void a_large_network_is_searched_only_when_asked_for() {
        assertThat(discover("127.0.0.1/16"))
                .contains("The network 127.0.0.0/16 is large.", "ichor discover --large");
    }

    /// A PC with one adapter on loopback, and one neighbour.
    private record Loopback(String net) implements Platform {
        @Override
        public World world() {
            World w = TestWorld.without();
            Adapter card = new Adapter("lo", "Loopback", Subnet.parse(net).orElseThrow(), false, 1);
            World.Lan lan =
                    new World.Lan(
                            () -> List.of(card),
                            () -> Map.of(Ip4.of("127.0.0.3"), Mac.of("4c:52:62:08:a3:ce")),
                            w.lan().wire(),
                            w.lan().dhcpServers(),
                            w.lan().wake());
            return new World(lan, w.sources(), w.pc(), w.clock(), w.random(), w.haste());
        }

        @Override
        public @Nullable String variable(String name) {
            return name.equals("ICHOR_ROUTER_KEY") ? FakeConsole.KEY : null;
        }

        @Override
        public Pretend pretend(int machines, Optional<Kill> kill) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public boolean wizard() {
            return false;
        }
    }
}
