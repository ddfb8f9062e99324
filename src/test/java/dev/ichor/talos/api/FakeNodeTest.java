package dev.ichor.talos.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.Oracle;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.api.TalosClient.BootstrapAnswer;
import dev.ichor.talos.api.TalosClient.ServiceState;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The client against a node that is made of the real Talos API's own code.
@Timeout(60)
class FakeNodeTest {
    private static final Ip4 HERE = Ip4.of("127.0.0.1");
    private static final Path VECTOR = Path.of("src/test/resources/talos/sans-v1.13");

    private @Nullable Process process;
    private int port;

    @BeforeEach
    void start() throws Exception {
        Path program = Oracle.program("talos-fakenode");
        process =
                new ProcessBuilder(
                                program.toString(),
                                "-config",
                                VECTOR.resolve("cp-a.yaml").toString(),
                                "-listen",
                                HERE + ":0",
                                "-step",
                                "10ms")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = Objects.requireNonNull(out.readLine(), "the node ended at once");
        port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void a_node_is_brought_up_read_and_reset() throws Exception {
        Secrets secrets = TalosClientTest.secrets("sans-v1.13");
        try (TalosClient client = TalosClient.connect(HERE, port, TalosClientTest.admin(secrets))) {
            assertThat(client.version()).isEqualTo("v1.13.9");
            assertThat(client.hostname()).isEqualTo("cp-a");
            assertThat(client.services())
                    .contains(
                            new ServiceState("kubelet", "Running", true),
                            new ServiceState("etcd", "Preparing", false));
            BootstrapAnswer answer = client.bootstrap();
            while (answer == BootstrapAnswer.TOO_EARLY) {
                answer = client.bootstrap();
            }
            assertThat(answer).isEqualTo(BootstrapAnswer.STARTED);
            assertThat(client.bootstrap()).isEqualTo(BootstrapAnswer.DONE_BEFORE);
            assertThat(client.services()).contains(new ServiceState("etcd", "Running", true));
            assertThat(client.etcdMembers()).containsExactly("cp-a");
            assertThat(client.apply(Files.readString(VECTOR.resolve("cp-a.yaml")))).isEmpty();
            assertThatThrownBy(() -> client.apply("machine: {typ: worker}\n"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().why()).contains("unknown keys found"));
            client.reboot();
            client.reset(true);
        }
    }

    @Test
    void an_administrator_of_another_cluster_is_refused() throws Exception {
        Secrets other = TalosClientTest.secrets("basic-v1.9");
        try (TalosClient client = TalosClient.connect(HERE, port, TalosClientTest.admin(other))) {
            assertThatThrownBy(client::version)
                    .isInstanceOf(ProblemException.class)
                    .hasMessage("127.0.0.1 and Ichor do not trust each other.");
        }
    }
}
