package dev.ichor.talos.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.talos.Oracle;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.Sinks;
import dev.ichor.talos.api.TalosClient.BootstrapAnswer;
import dev.ichor.talos.api.TalosClient.ServiceState;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The client and the bring-up against a node that is made of the real Talos API's own code.
@Timeout(120)
class FakeNodeTest {
    private static final Ip4 HERE = Ip4.of("127.0.0.1");
    private static final Mac MAC = Mac.of("52:54:00:00:00:01");
    private static final Path CONFIG = Path.of("src/test/resources/talos/sans-v1.13/cp-a.yaml");
    private static final InstantSource CLOCK = InstantSource.system();
    private static final BringUp.Pace PACE =
            new BringUp.Pace(Duration.ofMillis(50), Duration.ofMillis(200), 8, Thread::sleep);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BootLog log = new BootLog();
    private final Remembered once = new Remembered();
    private final Given pending = new Given();
    private Secrets secrets;

    @BeforeEach
    void read() throws Exception {
        secrets = TalosClientTest.secrets("sans-v1.13");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private int configured(String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("-config", CONFIG.toString()));
        line.addAll(List.of(more));
        return node(line);
    }

    private int waiting(String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("-maintenance"));
        line.addAll(List.of(more));
        return node(line);
    }

    private int node(List<String> how) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Oracle.program("talos-fakenode").toString());
        line.addAll(List.of("-listen", HERE + ":0", "-step", "10ms"));
        line.addAll(how);
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        open.add(() -> {
            process.destroy();
            process.waitFor();
        });
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String said = Objects.requireNonNull(out.readLine(), "the node ended at once");
        return Integer.parseInt(said.substring(said.lastIndexOf(':') + 1));
    }

    private TalosClient admin(int port) {
        TalosClient client = TalosClient.connect(HERE, port, TalosClientTest.admin(secrets));
        open.add(client);
        return client;
    }

    private Knock.Answer knock(int port) {
        return new Knock(secrets.talos().crt(), CLOCK, Duration.ofSeconds(30)).at(HERE, port);
    }

    @Test
    void a_node_is_brought_up_read_and_reset() throws Exception {
        TalosClient client = admin(configured());
        assertThat(client.version()).isEqualTo("v1.13.9");
        assertThat(client.macs()).containsExactly(MAC);
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
        assertThatThrownBy(() -> client.apply("machine: {typ: worker}\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().why()).contains("unknown keys found"));
        client.reboot();
        until(client::installed);
        client.upgrade("ghcr.io/siderolabs/installer:v1.13.8");
        assertThat(client.version()).isEqualTo("v1.13.8");
        client.reset(true);
    }

    @Test
    void a_waiting_machine_shows_its_disks_and_takes_its_config_from_whom_knows_its_fingerprint()
            throws Exception {
        int port = waiting();
        String print =
                knock(port) instanceof Knock.Answer.Maintenance(String shown) ? shown : "none";
        try (TalosClient wrong = TalosClient.maintenance(HERE, port, "AAAA" + print.substring(4))) {
            assertThatThrownBy(wrong::macs)
                    .hasMessage("127.0.0.1 and Ichor do not trust each other.");
        }
        try (TalosClient client = TalosClient.maintenance(HERE, port, print)) {
            assertThat(client.macs()).containsExactly(MAC);
            assertThat(client.installed()).isFalse();
            assertThat(client.disks().stream().map(Object::toString).toList())
                    .containsExactly(
                            "/dev/sda, FAKE SSD 16G, sata SSD, 17.2 GB, serial FAKE0001; holds ntfs"
                                    + " \"Windows\"",
                            "/dev/sdb, FAKE USB, usb, 8.6 GB, serial FAKE0002; empty");
            assertThatThrownBy(client::config).hasMessageContaining("does not allow reading");
            client.apply(Files.readString(CONFIG));
        }
        until(() -> knock(port).equals(new Knock.Answer.Ours()));
        until(admin(port)::installed);
    }

    @Test
    void a_machine_of_another_cluster_and_a_wrong_clock_are_told_apart() throws Exception {
        int foreign = configured();
        String otherCa = TalosClientTest.secrets("basic-v1.9").talos().crt();
        assertThat(new Knock(otherCa, CLOCK, Duration.ofSeconds(30)).at(HERE, foreign))
                .isInstanceOf(Knock.Answer.Foreign.class);
        assertThat(knock(configured("-clock", "8784h")).toString()).contains("valid only from");
        assertThat(knock(configured("-clock", "-8784h")).toString()).contains("valid only until");
    }

    @Test
    void the_sinks_are_taken_out_of_a_running_node_s_config() throws Exception {
        Path file = Files.createTempFile("ichor", ".yaml");
        open.add(() -> Files.delete(file));
        Sinks sinks = new Sinks(HERE, 19_501, 19_500);
        Files.writeString(file, sinks.in(Files.readString(CONFIG)));
        TalosClient client = admin(node(List.of("-config", file.toString())));
        assertThat(client.config()).contains("KmsgLogConfig", "EventSinkConfig");
        client.applyRunning(Sinks.outOf(client.config()));
        until(() -> !client.config().contains("KmsgLogConfig"));
        assertThat(client.config()).doesNotContain("EventSinkConfig").contains("HostnameConfig");
    }

    @Test
    void an_approved_machine_gets_its_config_and_etcd_also_when_we_start_anew() throws Exception {
        int port = waiting();
        Thread first = bringUp(port, "cp-a");
        until(() -> count(BootEvent.Maintenance.class) == 1);
        assertThat(count(BootEvent.ConfigPushed.class)).isZero();
        pending.config = Files.readString(CONFIG);
        until(() -> count(BootEvent.ConfigPushed.class) == 1);
        until(() -> once.begun != null);
        stop(first);
        once.done = false;
        Thread second = bringUp(port, "cp-a");
        until(() -> once.done);
        stop(second);
        try (TalosClient client = admin(port)) {
            assertThat(client.etcdMembers()).containsExactly("cp-a");
        }
        assertThat(count(BootEvent.NodeTrouble.class)).isZero();
        assertThat(log.events().toString()).doesNotContain("PRIVATE KEY", "LS0tLS1CRUdJTi");
    }

    @Test
    void the_kernel_log_and_the_events_of_a_node_are_heard() throws Exception {
        Ears ears =
                Ears.open(
                        new InetSocketAddress(HERE.inet(), 0),
                        List.of(MAC),
                        new OneMachine(),
                        log,
                        CLOCK);
        open.add(ears);
        String host = HERE + ":";
        int port =
                waiting(
                        "-kmsg",
                        "tcp://" + host + ears.sinks(MAC).kernelLog(),
                        "-events-sink",
                        host + ears.sinks(MAC).events());
        String print =
                knock(port) instanceof Knock.Answer.Maintenance(String shown) ? shown : "none";
        try (TalosClient client = TalosClient.maintenance(HERE, port, print)) {
            client.apply(Files.readString(CONFIG));
        }
        until(() -> stages().containsAll(List.of(Stage.INSTALLING, Stage.REBOOTING)));
        until(() -> log.events().toString().contains("phase install (5/8)"));
        until(() -> log.events().toString().contains("service kubelet running"));
    }

    private static final class OneMachine implements Ears.Who {
        @Override
        public boolean has(Mac mac, Ip4 ip) {
            return mac.equals(MAC) && ip.equals(HERE);
        }

        @Override
        public Optional<Mac> at(Ip4 ip) {
            return ip.equals(HERE) ? Optional.of(MAC) : Optional.empty();
        }
    }

    private List<Stage> stages() {
        return log.events().stream()
                .filter(e -> e instanceof BootEvent.NodeSaid s && s.stage() != null)
                .map(e -> Objects.requireNonNull(((BootEvent.NodeSaid) e).stage()))
                .toList();
    }

    private Thread bringUp(int port, String hostname) {
        Node node =
                new Node(
                        Machine.of(MAC),
                        hostname,
                        Role.CONTROL_PLANE,
                        new InstallDisk.Device("/dev/sda"),
                        Life.ALWAYS_NETBOOT);
        ClusterPlan plan =
                new ClusterPlan(
                        "home",
                        URI.create("https://127.0.0.1:9"),
                        TalosVersion.of("v1.13.9"),
                        "1.36.3",
                        BootMode.PROXY,
                        List.of(node));
        BringUp.Access access = BringUp.Access.of(plan, secrets, port, CLOCK, new SecureRandom());
        BringUp.Known known = new BringUp.Known(_ -> Optional.of(HERE), once, pending);
        BringUp bringUp = new BringUp(plan, access, known, log, CLOCK);
        Thread running =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                bringUp.run(PACE);
                            } catch (InterruptedException e) {
                                return;
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        open.add(() -> stop(running));
        return running;
    }

    private static void stop(Thread running) throws InterruptedException {
        running.interrupt();
        running.join();
    }

    private long count(Class<? extends BootEvent> kind) {
        return log.events().stream().filter(kind::isInstance).count();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /// Waits for a condition; a node that restarts refuses meanwhile.
    private static void until(Condition condition) throws Exception {
        while (!condition.holds()) {
            Thread.sleep(10);
        }
    }
}
