package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cli.Cli;
import dev.ichor.cli.Platform;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.World;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;

/// `ichor wake` on a pretended network.
@Timeout(120)
class WakeTest {
    @TempDir Path temp;

    @Test
    void every_machine_that_is_woken_says_after_how_long_it_answered() throws Exception {
        Path dir = temp.resolve("lab");
        try (Pretend network = new Wiring().pretend(2, PlannedCluster.NOBODY)) {
            PlannedCluster.of(network, dir).close();

            assertThat(wake(network.world(), dir))
                    .containsPattern("control-1  answered after \\d+ s\n")
                    .containsPattern("worker-1  answered after \\d+ s\n")
                    .doesNotContain("did not answer");
            assertThat(wake(network.world(), dir, "02:00:00:00:00:01", "--wait", "1"))
                    .isEqualTo("02:00:00:00:00:01  did not answer\n");
        }
    }

    private static String wake(World world, Path dir, String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "wake";
        args[1] = dir.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        StringWriter out = new StringWriter();
        PrintWriter to = new PrintWriter(out);
        Cli.run(args, new OnePc(world), to, to);
        return out.toString();
    }

    private record OnePc(World world) implements Platform {
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
