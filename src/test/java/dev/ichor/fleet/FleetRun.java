package dev.ichor.fleet;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
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
import dev.ichor.talos.api.Ears;
import dev.ichor.talos.api.Given;
import dev.ichor.talos.api.Remembered;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/// Runs the shipped boot server and bring-up for pretended machines.
///
/// @param temp where the release is kept
/// @param serving the boot server's clock
record FleetRun(Path temp, InstantSource serving) {
    static final InstantSource CLOCK = Clock.systemUTC();
    private static final int FEW = 10;
    private static final long PATIENCE_SECONDS = 120;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Mac S920 = Mac.of("4c:52:62:08:a3:ce");

    FleetRun(Path temp) {
        this(temp, CLOCK);
    }

    /// Does what a test is about while the machines boot.
    interface Play {
        void run(BootLog log, Gate gate) throws Exception;
    }

    /// Whether one machine has become Ready so many times.
    static final class TimesReady implements Predicate<BootEvent> {
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
    static final class ManyReady implements Predicate<BootEvent> {
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

    static PretendNetwork network(int machines, Script.@Nullable Kill kill, boolean cycle)
            throws IOException {
        Script script = new Script(machines, kill, cycle);
        return machines > FEW
                ? PretendNetwork.start(script, CLOCK, RANDOM)
                : PretendNetwork.start(script, Pace.hurried(), CLOCK, RANDOM);
    }

    /// Boots everything until the condition holds.
    List<BootEvent> boot(PretendNetwork network, Predicate<BootEvent> enough) throws Exception {
        return boot(network, mac -> Life.ALWAYS_NETBOOT, (log, gate) -> until(log, 0, enough));
    }

    /// Boots everything until the play has ended.
    List<BootEvent> boot(PretendNetwork network, Function<Mac, Life> lives, Play play)
            throws Exception {
        ClusterPlan plan = plan(network.machines(), lives);
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
                        serving);
        gate.arm();
        log.listen(e -> {
            if (e instanceof BootEvent.ApiAnswered a) {
                Thread.startVirtualThread(() -> gate.installed(a.mac()));
            }
        });
        Setup setup =
                new Setup(
                        network.adapter().address(),
                        network.wire(),
                        DhcpRole.PROXY,
                        serving,
                        mac -> true);
        try (Ears ears = ears(network, plan, log);
                BootServer server =
                        BootServer.start(
                                setup, tree(network, plan, ears), network.loaders(), gate, log)) {
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
    static void until(BootLog log, int after, Predicate<BootEvent> enough)
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
        boolean came = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        stop.run();
        if (!came) {
            List<String> all = log.events().stream().map(BootLog::line).toList();
            throw new AssertionError("not seen after " + after + ":\n" + String.join("\n", all));
        }
    }

    private Ears ears(PretendNetwork network, ClusterPlan plan, BootLog log) {
        Ears.Who who =
                new Ears.Who() {
                    @Override
                    public boolean has(Mac mac, Ip4 ip) {
                        return at(ip).filter(mac::equals).isPresent();
                    }

                    @Override
                    public Optional<Mac> at(Ip4 ip) {
                        return Optional.ofNullable(network.neighbours().get(ip));
                    }
                };
        return Ears.open(
                new InetSocketAddress(network.adapter().address().inet(), 0),
                plan.nodes().stream().map(dev.ichor.cluster.Node::mac).toList(),
                who,
                log,
                serving);
    }

    private void bringUp(PretendNetwork network, ClusterPlan plan, Secrets secrets, BootLog log)
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
        new BringUp(plan, access, known, log, serving)
                .run(BringUp.Pace.usual(Thread::sleep).faster(network.haste()));
    }

    private static byte[] config(ClusterPlan plan, Secrets secrets, dev.ichor.cluster.Node node) {
        return MachineConfigs.node(MachineConfigs.of(plan), secrets, node)
                .getBytes(StandardCharsets.UTF_8);
    }

    private BootTree tree(PretendNetwork network, ClusterPlan plan, Ears ears) throws IOException {
        URI here =
                URI.create("http://" + network.adapter().address() + ":" + network.wire().http());
        Path kernel = download(network, "vmlinuz-amd64");
        Path initramfs = download(network, "initramfs-amd64.xz");
        return Assemble.tree(
                plan,
                new Fetched(plan.talos(), kernel, initramfs),
                here,
                here,
                n -> ears.sinks(n.mac()).kernelArgs());
    }

    private Path download(PretendNetwork network, String name) throws IOException {
        Path file = temp.resolve(name);
        URI uri = URI.create(network.mirror() + "/v1.13.9/" + name);
        try (InputStream in = uri.toURL().openStream()) {
            Files.copy(in, file);
        }
        return file;
    }

    private static ClusterPlan plan(List<Machine> machines, Function<Mac, Life> lives) {
        Draft draft = Draft.empty();
        for (Machine m : machines) {
            Role role = m.mac().equals(S920) ? Role.CONTROL_PLANE : Role.WORKER;
            String name = "node-" + m.mac().hyphens().substring(9);
            draft =
                    draft.found(m)
                            .assign(
                                    m.mac(),
                                    new Draft.Wish(
                                            role,
                                            name,
                                            new InstallDisk.Device("/dev/sda"),
                                            lives.apply(m.mac())));
        }
        return draft.plan();
    }

    private static Ip4 ip(Machine m) {
        return Optional.ofNullable(m.ip()).orElseThrow();
    }

    /// How many configs a machine was handed.
    static long config(List<BootEvent> events, Mac mac) {
        return events.stream()
                .filter(e -> e instanceof BootEvent.ConfigServed && mac.equals(e.mac()))
                .count();
    }
}
