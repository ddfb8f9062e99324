package dev.ichor.talos.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.talos.Secrets;

import io.grpc.Status;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Where etcd begins, and when it may not.
@Timeout(60)
class FirstEtcdTest {
    private static final Mac ONE = new Mac(1);
    private static final Ip4 HERE = Ip4.of("127.0.0.1");
    private static final BringUp.Pace PACE =
            new BringUp.Pace(Duration.ofMillis(20), Duration.ofMillis(20), 8, Thread::sleep);

    private final BootLog log = new BootLog();
    private final Remembered once = new Remembered();
    private Secrets secrets;
    private PretendKubernetes kubernetes;
    private PretendNode node;
    private @Nullable Thread running;

    @BeforeEach
    void open() throws Exception {
        secrets = TalosClientTest.secrets("sans-v1.13");
        kubernetes = new PretendKubernetes(secrets);
        node = new PretendNode(List.of(HERE), 0, secrets);
        node.services.put("etcd", "Preparing");
    }

    @AfterEach
    void close() throws Exception {
        if (running != null) {
            running.interrupt();
            running.join();
        }
        node.close();
        kubernetes.close();
    }

    @Test
    void the_etcd_data_of_another_cluster_are_told_with_the_way_out() throws Exception {
        node.bootstrapAnswer = Status.ALREADY_EXISTS;
        node.members = () -> List.of("attic-1", "attic-2");
        start();
        until(() -> log.events().stream().anyMatch(BootEvent.NodeTrouble.class::isInstance));
        int bootstraps = node.bootstraps.get();
        until(() -> node.bootstraps.get() >= bootstraps + 2);
        assertThat(troubles())
                .containsExactly(
                        "node-1 has the etcd data of another cluster: attic-1, attic-2. Its disk"
                                + " holds old etcd data. To begin anew, reset it: ichor node reset"
                                + " CLUSTER_DIR 00:00:00:00:00:01.");
        assertThat(once.done).isFalse();
    }

    @Test
    void a_bootstrap_whose_answer_was_lost_is_recognised_by_its_members() throws Exception {
        node.bootstrapAnswer = Status.ALREADY_EXISTS;
        node.members = () -> List.of("node-1.lan");
        start();
        until(() -> once.done);
        assertThat(bootstraps()).isOne();
        assertThat(troubles()).isEmpty();
    }

    @Test
    void where_it_will_begin_is_remembered_before_the_machine_is_told() throws Exception {
        node.bootstrapAnswer = Status.UNAVAILABLE;
        start();
        until(() -> node.bootstraps.get() >= 1);
        assertThat(once.begun).isEqualTo(ONE);
        assertThat(once.done).isFalse();
    }

    @Test
    void a_cluster_that_was_wiped_begins_anew() throws Exception {
        start();
        until(() -> once.done);
        assertThat(node.bootstraps).hasValue(1);
        once.begun = null;
        once.done = false;
        node.services.put("etcd", "Preparing");
        log.append(new BootEvent.Heard(Instant.now(), ONE, true, false, Firmware.BIOS, "", 7));
        until(() -> once.done);
        assertThat(node.bootstraps).hasValue(2);
        assertThat(bootstraps()).isEqualTo(2);
    }

    private void start() {
        ClusterPlan plan =
                new ClusterPlan(
                        "home",
                        kubernetes.endpoint(),
                        TalosVersion.of("v1.13.9"),
                        "1.36.3",
                        BootMode.PROXY,
                        List.of(
                                new Node(
                                        Machine.of(ONE),
                                        "node-1",
                                        Role.CONTROL_PLANE,
                                        new InstallDisk.Device("/dev/sda"),
                                        Life.ALWAYS_NETBOOT)));
        InstantSource clock = InstantSource.system();
        BringUp.Access access =
                BringUp.Access.of(plan, secrets, node.port(), clock, new SecureRandom());
        BringUp.Known known = new BringUp.Known(_ -> Optional.of(HERE), once, new Given());
        BringUp bringUp = new BringUp(plan, access, known, log, clock);
        running = Thread.ofVirtual().start(() -> run(bringUp));
    }

    private static void run(BringUp bringUp) {
        try {
            bringUp.run(PACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long bootstraps() {
        return log.events().stream().filter(BootEvent.Bootstrapped.class::isInstance).count();
    }

    private List<String> troubles() {
        return log.events().stream()
                .filter(BootEvent.NodeTrouble.class::isInstance)
                .map(e -> ((BootEvent.NodeTrouble) e).what())
                .toList();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
