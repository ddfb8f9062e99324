package dev.ichor.talos.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.ClientIdentity;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.SecretsFile;
import dev.ichor.talos.TalosConfig;
import dev.ichor.talos.api.TalosClient.BootstrapAnswer;
import dev.ichor.talos.api.TalosClient.ServiceState;

import io.grpc.Status;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

class TalosClientTest {
    private static final Ip4 HERE = Ip4.of("127.0.0.1");
    private Secrets secrets;
    private PretendNode node;
    private TalosClient client;

    @BeforeEach
    void open() throws Exception {
        secrets = secrets("sans-v1.13");
        node = new PretendNode(List.of(HERE), 0, secrets);
        client = TalosClient.connect(HERE, node.port(), admin(secrets));
    }

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    static Secrets secrets(String folder) throws Exception {
        return SecretsFile.read(Path.of("src/test/resources/talos", folder, "secrets.yaml"));
    }

    static ClientIdentity admin(Secrets secrets) {
        return TalosConfig.create(
                        "home", List.of(), secrets, InstantSource.system(), new SecureRandom())
                .identity();
    }

    @Test
    void a_node_says_its_version_and_services() throws Exception {
        node.services.put("etcd", "Preparing");
        assertThat(client.version()).isEqualTo("v1.13.9");
        assertThat(client.services())
                .containsExactlyInAnyOrder(
                        new ServiceState("etcd", "Preparing", false),
                        new ServiceState("kubelet", "Running", true));
    }

    @Test
    void bootstrapping_too_early_and_twice_are_answers_not_failures() throws Exception {
        node.bootstrapAnswer =
                Status.FAILED_PRECONDITION.withDescription("bootstrap is not available yet");
        assertThat(client.bootstrap()).isEqualTo(BootstrapAnswer.TOO_EARLY);
        node.bootstrapAnswer = Status.OK;
        assertThat(client.bootstrap()).isEqualTo(BootstrapAnswer.STARTED);
        node.bootstrapAnswer =
                Status.ALREADY_EXISTS.withDescription("etcd data directory is not empty");
        assertThat(client.bootstrap()).isEqualTo(BootstrapAnswer.DONE_BEFORE);
    }

    @Test
    void a_node_of_another_cluster_is_not_trusted() throws Exception {
        try (TalosClient stranger =
                TalosClient.connect(HERE, node.port(), admin(secrets("basic-v1.9")))) {
            assertThatThrownBy(stranger::version)
                    .isInstanceOf(ProblemException.class)
                    .hasMessage("127.0.0.1 and Ichor do not trust each other.");
        }
    }

    @Test
    void a_client_of_another_cluster_is_refused() throws Exception {
        ClientIdentity mixed =
                new ClientIdentity(secrets.talos().crt(), admin(secrets("basic-v1.9")).client());
        try (TalosClient stranger = TalosClient.connect(HERE, node.port(), mixed)) {
            assertThatThrownBy(stranger::version).isInstanceOf(ProblemException.class);
        }
        assertThat(node.asked).hasValue(0);
    }

    @Test
    void a_node_that_is_off_is_said_to_be_away() {
        node.close();
        assertThatThrownBy(client::version)
                .isInstanceOf(ProblemException.class)
                .hasMessage("127.0.0.1 does not answer on its Talos API.");
    }

    @Test
    void what_a_node_cannot_do_is_said_in_words() {
        assertThatThrownBy(client::reboot)
                .isInstanceOf(ProblemException.class)
                .hasMessage("127.0.0.1 refused Reboot.");
    }
}
