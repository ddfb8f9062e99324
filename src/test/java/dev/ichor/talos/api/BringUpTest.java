package dev.ichor.talos.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.Stage;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

@Timeout(60)
class BringUpTest {
    private static final Mac ONE = new Mac(1);
    private static final Mac TWO = new Mac(2);
    private static final BringUp.Pace PACE =
            new BringUp.Pace(Duration.ofMillis(20), Duration.ofMillis(20), 8, Thread::sleep);

    private final BootLog log = new BootLog();
    private final Remembered once = new Remembered();
    private final Given pending = new Given();
    private Secrets secrets;
    private PretendKubernetes kubernetes;
    private @Nullable Thread running;

    @BeforeEach
    void open() throws Exception {
        secrets = TalosClientTest.secrets("sans-v1.13");
        kubernetes = new PretendKubernetes(secrets);
    }

    @AfterEach
    void close() throws Exception {
        if (running != null) {
            running.interrupt();
            running.join();
        }
        kubernetes.close();
    }

    @Test
    void a_control_plane_is_bootstrapped_once_and_becomes_ready() throws Exception {
        try (PretendNode node = node()) {
            node.services.put("etcd", "Preparing");
            node.bootstrapAnswer = Status.FAILED_PRECONDITION;
            start(plan(control(ONE)), node.port());
            until(() -> node.bootstraps.get() >= 2);
            node.bootstrapAnswer = Status.OK;
            until(() -> stage(ONE) == Stage.ETCD);
            kubernetes.nodes.put("node-1", "boot-a");
            until(() -> count(BootEvent.KubernetesNode.class) == 1);
            assertThat(stage(ONE)).isEqualTo(Stage.ETCD);
            kubernetes.nodes.put("node-1", "boot-a!");
            until(() -> stage(ONE) == Stage.READY);

            assertThat(log.events().stream().map(BringUpTest::words).toList())
                    .contains(
                            "api v1.13.9",
                            "etcd Preparing false",
                            "bootstrapped",
                            "etcd Running true",
                            "kubelet Running true",
                            "node-1 false",
                            "node-1 true")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_cluster_that_works_is_not_bootstrapped_again() throws Exception {
        try (PretendNode node = node()) {
            node.services.put("etcd", "Preparing");
            kubernetes.nodes.put("node-2", "boot-z!");
            Optional<Ip4> here = Optional.of(Ip4.of("127.0.0.1"));
            // Found only after Kubernetes has answered.
            start(
                    plan(control(ONE)),
                    node.port(),
                    _ -> kubernetes.lists.get() >= 2 ? here : Optional.empty());
            until(() -> count(BootEvent.NodeService.class) == 2);
            int lists = kubernetes.lists.get();
            until(() -> kubernetes.lists.get() >= lists + 3);
            assertThat(node.bootstraps).hasValue(0);
        }
    }

    @Test
    void a_control_plane_installed_anew_joins_and_begins_no_second_cluster() throws Exception {
        Ip4 first = Ip4.of("127.79.0.1");
        Ip4 second = Ip4.of("127.79.0.2");
        try (PretendNode empty = new PretendNode(List.of(first), 0, secrets);
                PretendNode works = new PretendNode(List.of(second), empty.port(), secrets)) {
            empty.services.put("etcd", "Preparing");
            works.services.put("etcd", "Running");
            works.macs = _ -> TWO;
            start(
                    plan(control(ONE), control(TWO)),
                    empty.port(),
                    mac -> Optional.of(mac.equals(ONE) ? first : second));
            until(() -> stage(TWO) == Stage.ETCD && stage(ONE) == Stage.TALOS_API);
            empty.services.put("etcd", "Running");
            until(() -> stage(ONE) == Stage.ETCD);
            assertThat(empty.bootstraps).hasValue(0);
            assertThat(works.bootstraps).hasValue(0);
        }
    }

    @Test
    void a_ready_from_before_a_power_cut_does_not_count() throws Exception {
        try (PretendNode node = node()) {
            node.services.put("etcd", "Running");
            kubernetes.nodes.put("node-1", "boot-a!");
            start(plan(control(ONE)), node.port());
            until(() -> stage(ONE) == Stage.READY);

            log.append(new BootEvent.Heard(Instant.now(), ONE, true, false, Firmware.BIOS, "", 7));
            assertThat(stage(ONE)).isEqualTo(Stage.DISCOVERED);
            // Kubernetes has not noticed yet: it goes on saying Ready.
            until(() -> stage(ONE) == Stage.ETCD);
            int lists = kubernetes.lists.get();
            until(() -> kubernetes.lists.get() >= lists + 3);
            assertThat(stage(ONE)).isEqualTo(Stage.ETCD);

            kubernetes.nodes.put("node-1", "boot-b!");
            until(() -> stage(ONE) == Stage.READY);
        }
    }

    @Test
    void another_machine_at_the_old_address_does_not_count() throws Exception {
        try (PretendNode node = node()) {
            node.macs = _ -> TWO;
            node.services.put("etcd", "Running");
            kubernetes.nodes.put("node-1", "boot-a!");
            start(plan(control(ONE)), node.port());
            until(() -> node.read.get() >= 3);
            assertThat(stage(ONE)).isEqualTo(Stage.WAITING);
            node.macs = _ -> ONE;
            until(() -> stage(ONE) == Stage.READY);
        }
    }

    @Test
    void a_node_s_trouble_is_told_and_its_recovery_too() throws Exception {
        try (PretendNode node = node()) {
            node.services.put("etcd", "Running");
            kubernetes.nodes.put("node-1", "boot-a!");
            start(plan(control(ONE)), node.port());
            until(() -> stage(ONE) == Stage.READY);
            kubernetes.nodes.put("node-1", "boot-a");
            until(() -> count(BootEvent.KubernetesNode.class) == 2);
            kubernetes.nodes.put("node-1", "boot-a!");
            until(() -> count(BootEvent.KubernetesNode.class) == 3);
        }
    }

    @Test
    void a_hundred_machines_are_watched_at_once() throws Exception {
        int many = 100;
        List<Node> nodes = new ArrayList<>();
        List<Ip4> addresses = new ArrayList<>();
        for (int i = 1; i <= many; i++) {
            nodes.add(i == 1 ? control(new Mac(i)) : worker(new Mac(i)));
            addresses.add(Ip4.of("127.79.1.0").plus(i));
            kubernetes.nodes.put("node-" + i, "boot!");
        }
        try (PretendNode all = new PretendNode(addresses, 0, secrets)) {
            all.macs = ip -> new Mac(addresses.indexOf(ip) + 1);
            start(
                    plan(nodes.toArray(Node[]::new)),
                    all.port(),
                    mac -> Optional.of(addresses.get((int) mac.value() - 1)));
            until(() -> count(BootEvent.KubernetesNode.class) == many);
            assertThat(count(BootEvent.ApiAnswered.class)).isEqualTo(many);
        }
    }

    private PretendNode node() throws Exception {
        return new PretendNode(List.of(Ip4.of("127.0.0.1")), 0, secrets);
    }

    private void start(ClusterPlan plan, int port) {
        start(plan, port, _ -> Optional.of(Ip4.of("127.0.0.1")));
    }

    private void start(ClusterPlan plan, int port, Function<Mac, Optional<Ip4>> where) {
        InstantSource clock = InstantSource.system();
        BringUp.Access access = BringUp.Access.of(plan, secrets, port, clock, new SecureRandom());
        BringUp.Known known = new BringUp.Known(where, once, pending);
        BringUp bringUp = new BringUp(plan, access, known, log, clock);
        running = Thread.ofVirtual().start(() -> quietly(() -> bringUp.run(PACE)));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void quietly(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ClusterPlan plan(Node... nodes) {
        return new ClusterPlan(
                "home",
                kubernetes.endpoint(),
                TalosVersion.of("v1.13.9"),
                "1.36.3",
                BootMode.PROXY,
                List.of(nodes));
    }

    private static Node control(Mac mac) {
        return node(mac, Role.CONTROL_PLANE);
    }

    private static Node worker(Mac mac) {
        return node(mac, Role.WORKER);
    }

    private static Node node(Mac mac, Role role) {
        return new Node(
                Machine.of(mac),
                "node-" + mac.value(),
                role,
                new InstallDisk.Device("/dev/sda"),
                Life.ALWAYS_NETBOOT);
    }

    private Stage stage(Mac mac) {
        FleetProgress now = FleetProgress.of(List.of(mac), Instant.EPOCH).after(log.events());
        return Objects.requireNonNull(now.machines().get(mac)).stage();
    }

    private long count(Class<? extends BootEvent> kind) {
        return log.events().stream().filter(kind::isInstance).count();
    }

    private static String words(BootEvent event) {
        return switch (event) {
            case BootEvent.ApiAnswered e -> "api " + e.talosVersion();
            case BootEvent.NodeService e -> e.service() + " " + e.state() + " " + e.healthy();
            case BootEvent.Bootstrapped _ -> "bootstrapped";
            case BootEvent.KubernetesNode e -> e.name() + " " + e.ready();
            default -> event.toString();
        };
    }

    /// Waits for a condition; the test's own time limit ends it.
    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
