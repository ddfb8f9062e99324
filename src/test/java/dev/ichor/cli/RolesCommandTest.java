package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class RolesCommandTest {
    private static final String SUGGESTED =
            """
            4c:52:62:08:a3:ce  futro-2          worker         192.168.1.52/24
            4c:52:62:0e:11:02  futro-1          control plane  192.168.1.51/24    FUTRO S930 7900 MiB
            """;

    @TempDir private Path dir;

    @BeforeEach
    void two_machines_were_found() throws Exception {
        Files.writeString(
                dir.resolve("cluster.json"),
                """
                {"version": 1, "clusterName": "lab", "talos": "v1.13.9", "kubernetes": "1.36.3", "machines": {
                  "4c:52:62:08:a3:ce": {"ip": "192.168.1.21", "pxe": true},
                  "4c:52:62:0e:11:02": {"ip": "192.168.1.22", "pxe": true, "hardware":
                     {"model": "FUTRO S930", "memoryMiB": 7900, "cpu": "V2"}}}}
                """);
    }

    private String roles(String... more) {
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said);
        String[] args = new String[more.length + 2];
        args[0] = "roles";
        args[1] = dir.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        Cli.run(args, new HomeWorld(Map.of()), to, to);
        return said.toString();
    }

    @Test
    void shows_the_suggestion_and_writes_it_only_when_told_to() {
        String[] asked = {
            "--names", "futro-{n}", "--addresses", "192.168.1.51/24", "--gateway", "192.168.1.1"
        };
        assertThat(roles(asked))
                .isEqualTo(SUGGESTED + "Nothing was written; add --write to keep it.\n");
        assertThat(roles()).contains("worker-1", "control-1");

        String[] written = java.util.Arrays.copyOf(asked, asked.length + 1);
        written[asked.length] = "--write";
        assertThat(roles(written)).isEqualTo(SUGGESTED);
        assertThat(roles()).isEqualTo(SUGGESTED);
    }

    @Test
    void addresses_without_a_gateway_are_asked_for_in_words() {
        assertThat(roles("--addresses", "192.168.1.51"))
                .contains("--addresses 192.168.1.51/24 --gateway 192.168.1.1");
    }
}
