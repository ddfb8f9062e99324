package dev.ichor.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.Stage;
import dev.ichor.boot.Together;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Role;
import dev.ichor.netboot.Approval;
import dev.ichor.netboot.BootServer;
import dev.ichor.netboot.Checks;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Gate;
import dev.ichor.netboot.Rules;
import dev.ichor.netboot.Setup;
import dev.ichor.steps.Assemble;
import dev.ichor.talos.MachineConfigs;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.api.BringUp;
import dev.ichor.talos.api.Given;
import dev.ichor.talos.api.Remembered;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/// Pretended machines against the shipped boot server and bring-up.
@Timeout(300)
class FleetBootTest {
    private static final InstantSource CLOCK = Clock.systemUTC();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Mac S920 = Mac.of("4c:52:62:08:a3:ce");

    @TempDir Path temp;

    @Test
    void four_machines_become_ready_and_one_comes_back_after_a_power_cut() throws Exception {
        try (PretendNetwork network = network(4, null, true)) {
            Mac cycled = network.cycled().orElseThrow();
            List<BootEvent> events = boot(network, new TimesReady(cycled, 2));

            assertThat(config(events, cycled)).as("configs handed to the cycled one").isOne();
            assertThat(bootstraps(events)).isOne();
            assertThat(stages(events, network.machines().get(1).mac()))
                    .contains(
                            Stage.DISCOVERED,
                            Stage.OFFERED,
                            Stage.LOADER,
                            Stage.SCRIPT,
                            Stage.KERNEL,
                            Stage.INITRAMFS,
                            Stage.CONFIG,
                            Stage.TALOS_API,
                            Stage.READY);
        }
    }

    @Test
    void a_killed_machine_stops_there_and_the_others_become_ready() throws Exception {
        Mac victim = Mac.of("4c:52:62:0b:10:25");
        try (PretendNetwork network = network(4, new Script.Kill(victim, Stage.INITRAMFS), false)) {
            List<BootEvent> events = boot(network, new ManyReady(3));

            assertThat(stages(events, victim)).contains(Stage.KERNEL, Stage.INITRAMFS);
            assertThat(config(events, victim)).isZero();
        }
    }

    @Test
    void a_crowd_becomes_ready() throws Exception {
        int machines = Integer.getInteger("fleet.machines", 60);
        try (PretendNetwork network = network(machines, null, false)) {
            List<BootEvent> events = boot(network, new ManyReady(machines));

            assertThat(events.stream().filter(BootEvent.ConfigServed.class::isInstance).count())
                    .isEqualTo(machines);
            assertThat(bootstraps(events)).isOne();
        }
    }

    /// Whether one machine has become Ready so many times.
    private static final class TimesReady implements Predicate<BootEvent> {
        private final Mac mac;
        private int left;

        TimesReady(Mac mac, int times) {
            this.mac = mac;
            this.left = times;
        }

        @Override
        public boolean test(BootEvent e) {
            left -= isReady(e) && mac.equals(e.mac()) ? 1 : 0;
            return left == 0;
        }
    }

    /// Whether so many machines have become Ready.
    private static final class ManyReady implements Predicate<BootEvent> {
        private final Set<Mac> ready = new HashSet<>();
        private final int machines;

        ManyReady(int machines) {
            this.machines = machines;
        }

        @Override
        public boolean test(BootEvent e) {
            if (isReady(e) && e.mac() != null) {
                ready.add(e.mac());
            }
            return ready.size() == machines;
        }
    }

    private static boolean isReady(BootEvent e) {
        return e instanceof BootEvent.KubernetesNode n && n.ready();
    }

    private static PretendNetwork network(int machines, Script.@Nullable Kill kill, boolean cycle)
            throws IOException {
        return PretendNetwork.start(new Script(machines, kill, cycle), CLOCK, RANDOM);
    }

    /// Does what a test is about while the machines boot.
    private interface Play {
        void run(BootLog log, Gate gate) throws Exception;
    }

    /// Boots everything until the condition holds.
    private List<BootEvent> boot(PretendNetwork network, Predicate<BootEvent> enough)
            throws Exception {
        return boot(network, Life.ALWAYS_NETBOOT, (log, gate) -> until(log, 0, enough));
    }

    /// Boots everything until the play has ended.
    private List<BootEvent> boot(PretendNetwork network, Life life, Play play) throws Exception {
        ClusterPlan plan = plan(network.machines(), life);
        Secrets secrets = Secrets.create(CLOCK, RANDOM);
        BootLog log = new BootLog();
        Gate gate =
                new Gate(
                        new Rules(
                                Approval.ALL,
                                Checks.BOOT,
                                mac -> plan.node(mac).map(dev.ichor.cluster.Node::life),
                                Rules.Store.forgetful(),
                                () -> Long.toHexString(RANDOM.nextLong())),
                        ip -> Optional.ofNullable(network.neighbours().get(ip)),
                        mac -> plan.node(mac).map(n -> config(plan, secrets, n)),
                        log,
                        CLOCK);
        gate.arm();
        log.listen(e -> {
            if (e instanceof BootEvent.ApiAnswered a) {
                gate.installed(a.mac());
            }
        });
        Setup setup =
                new Setup(
                        network.adapter().address(),
                        network.wire(),
                        DhcpRole.PROXY,
                        CLOCK,
                        mac -> true);
        try (BootServer server =
                BootServer.start(setup, tree(network, plan), network.loaders(), gate, log)) {
            network.powerOnAll();
            Together.run(
                    List.of(
                            new Together.Service("play", () -> play.run(log, gate)),
                            new Together.Service(
                                    "bring-up", () -> bringUp(network, plan, secrets, log))));
        }
        return log.events();
    }

    /// Waits for an event that comes after so many others.
    private static void until(BootLog log, int after, Predicate<BootEvent> enough)
            throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        int[] seen = {0};
        Runnable stop =
                log.listen(e -> {
                    boolean counts = e instanceof BootEvent.TransferProgress || seen[0]++ >= after;
                    if (counts && enough.test(e)) {
                        done.countDown();
                    }
                });
        done.await();
        stop.run();
    }

    private static void bringUp(
            PretendNetwork network, ClusterPlan plan, Secrets secrets, BootLog log)
            throws Exception {
        Map<Mac, Ip4> addresses = new ConcurrentHashMap<>();
        network.machines().forEach(m -> addresses.put(m.mac(), ip(m)));
        BringUp.Access access =
                BringUp.Access.of(plan, secrets, network.wire().talosApi(), CLOCK, RANDOM);
        BringUp.Known known =
                new BringUp.Known(
                        mac -> Optional.ofNullable(addresses.get(mac)),
                        new Remembered(),
                        new Given());
        new BringUp(plan, access, known, log, CLOCK)
                .run(BringUp.Pace.usual(Thread::sleep).faster(network.haste()));
    }

    private static byte[] config(ClusterPlan plan, Secrets secrets, dev.ichor.cluster.Node node) {
        return MachineConfigs.node(MachineConfigs.of(plan), secrets, node)
                .getBytes(StandardCharsets.UTF_8);
    }

    private BootTree tree(PretendNetwork network, ClusterPlan plan) throws IOException {
        URI here =
                URI.create("http://" + network.adapter().address() + ":" + network.wire().http());
        Path kernel = download(network, "vmlinuz-amd64");
        Path initramfs = download(network, "initramfs-amd64.xz");
        return Assemble.tree(plan, new Fetched(plan.talos(), kernel, initramfs), here, here);
    }

    private Path download(PretendNetwork network, String name) throws IOException {
        Path file = temp.resolve(name);
        URI uri = URI.create(network.mirror() + "/v1.13.9/" + name);
        try (InputStream in = uri.toURL().openStream()) {
            Files.copy(in, file);
        }
        return file;
    }

    private static ClusterPlan plan(List<Machine> machines, Life life) {
        Draft draft = Draft.empty();
        for (Machine m : machines) {
            Role role = m.mac().equals(S920) ? Role.CONTROL_PLANE : Role.WORKER;
            String name = "node-" + m.mac().hyphens().substring(9);
            draft =
                    draft.found(m)
                            .assign(
                                    m.mac(),
                                    new Draft.Wish(
                                            role, name, new InstallDisk.Device("/dev/sda"), life));
        }
        return draft.plan();
    }

    private static Ip4 ip(Machine m) {
        return Optional.ofNullable(m.ip()).orElseThrow();
    }

    private static long config(List<BootEvent> events, Mac mac) {
        return events.stream()
                .filter(e -> e instanceof BootEvent.ConfigServed && mac.equals(e.mac()))
                .count();
    }

    private static long bootstraps(List<BootEvent> events) {
        return events.stream().filter(BootEvent.Bootstrapped.class::isInstance).count();
    }

    /// The stages of a machine's last boot.
    private static Set<Stage> stages(List<BootEvent> events, Mac mac) {
        var rows = FleetProgress.of(List.of(mac), CLOCK.instant()).after(events).machines();
        return Optional.ofNullable(rows.get(mac)).orElseThrow().reached().keySet();
    }
}
