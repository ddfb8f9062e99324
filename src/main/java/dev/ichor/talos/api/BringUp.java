package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Together;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.ClientIdentity;
import dev.ichor.talos.KubeConfig;
import dev.ichor.talos.MachineConfigs;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.TalosConfig;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Watches a plan's machines over the Talos and the Kubernetes API, bootstraps etcd once, and
/// appends what it learns to the log: ApiAnswered, NodeService (etcd and kubelet), Bootstrapped,
/// KubernetesNode, each when it is news. A machine that the log shows starting anew is asked anew.
public final class BringUp {
    /// How often, and how many nodes at once.
    ///
    /// @param node between two looks at a node that is not Ready yet
    /// @param kubernetes between two lists of all Kubernetes nodes
    /// @param atOnce how many nodes are asked at the same time
    /// @param rest waits; `Thread::sleep` outside tests
    public record Pace(Duration node, Duration kubernetes, int atOnce, Rest rest) {
        /// A look with its TLS handshake costs about 5 ms of a core, measured with 1,000 pretended
        /// nodes.
        private static final Duration EACH = Duration.ofMillis(10);

        /// For a real network.
        public static Pace usual(Rest rest) {
            return new Pace(Duration.ofSeconds(3), Duration.ofSeconds(3), 64, rest);
        }

        /// So many times more often.
        public Pace faster(double haste) {
            return new Pace(divided(node, haste), divided(kubernetes, haste), atOnce, rest);
        }

        /// No more often than so many nodes can be asked from one PC.
        Pace of(int nodes) {
            Duration all = EACH.multipliedBy(nodes);
            Duration rare = node.compareTo(all) < 0 ? all : node;
            return new Pace(rare, kubernetes, atOnce, rest);
        }

        private static Duration divided(Duration time, double by) {
            return Duration.ofMillis(Math.round(time.toMillis() / by));
        }
    }

    /// Waits.
    @FunctionalInterface
    public interface Rest {
        /// Waits this long.
        void rest(Duration time) throws InterruptedException;
    }

    /// How the cluster is reached.
    ///
    /// @param talos the administrator of the Talos API
    /// @param port TCP port of the Talos API, 50000
    /// @param kubernetes the Kubernetes API
    public record Access(ClientIdentity talos, int port, KubernetesClient kubernetes) {
        /// As the administrator of both, with certificates made now.
        public static Access of(
                ClusterPlan plan,
                Secrets secrets,
                int port,
                InstantSource clock,
                SecureRandom random) {
            TalosConfig talos = TalosConfig.create(plan.name(), List.of(), secrets, clock, random);
            KubeConfig kubernetes =
                    KubeConfig.create(MachineConfigs.of(plan), secrets, clock, random);
            return new Access(talos.identity(), port, new KubernetesClient(kubernetes));
        }
    }

    /// What this PC knows and remembers.
    ///
    /// @param addresses where a machine is now, as far as known
    /// @param once remembers the bootstrap of etcd
    /// @param pending what machines in maintenance mode get
    public record Known(Function<Mac, Optional<Ip4>> addresses, Once once, Pending pending) {}

    /// A machine that was heard within so many looks' time, in its firmware or loader, is left
    /// alone: a thousand of them starting at once would cost a thousand vain connections a look.
    private static final int QUIET = 5;

    private final ClusterPlan plan;
    private final Door door;
    private final Known known;
    private final KubernetesClient kubernetes;
    private final BootLog log;
    private final InstantSource clock;
    private final Map<Mac, Row> rows = new LinkedHashMap<>();

    /// Of one plan.
    public BringUp(ClusterPlan plan, Access access, Known known, BootLog log, InstantSource clock) {
        this.plan = plan;
        this.known = known;
        this.door =
                new Door(
                        known.addresses(),
                        access.port(),
                        ClientTls.of(access.talos()),
                        new Knock(access.talos().ca(), clock, Knock.PATIENCE));
        this.kubernetes = access.kubernetes();
        this.log = log;
        this.clock = clock;
        plan.nodes().forEach(n -> rows.put(n.mac(), new Row(n, clock.instant())));
    }

    /// Watches until interrupted; goes on when all are Ready, for they may be switched off and on.
    ///
    /// @throws InterruptedException when interrupted
    /// @throws Exception when we are wrong
    public void run(Pace wanted) throws Exception {
        Pace pace = wanted.of(plan.nodes().size());
        Duration quiet = wanted.node().multipliedBy(QUIET);
        FirstEtcd etcd = new FirstEtcd(plan.controlPlanes(), known.once(), door, log, clock);
        NodeWatch.Turn turn =
                new NodeWatch.Turn(new Waiting(door, known.pending(), log, clock), etcd);
        Semaphore turns = new Semaphore(pace.atOnce());
        List<Together.Service> services = new ArrayList<>();
        for (Row row : rows.values()) {
            NodeWatch watch = new NodeWatch(row, door, turn, log, clock);
            services.add(
                    new Together.Service(
                            "watch " + row.mac(), () -> watch.run(pace, quiet, turns)));
        }
        services.add(new Together.Service("watch Kubernetes", () -> nodes(pace, etcd)));
        Runnable stop = log.listen(this::told);
        try {
            Together.run(services);
        } finally {
            stop.run();
        }
    }

    private void told(BootEvent event) {
        Mac mac = event.mac();
        Row row = mac == null ? null : rows.get(mac);
        if (row != null) {
            row.heard(event);
        }
    }

    private void nodes(Pace pace, FirstEtcd etcd) throws InterruptedException {
        Map<String, Row> byName = new HashMap<>();
        rows.values().forEach(r -> byName.put(r.hostname(), r));
        while (true) {
            try {
                List<KubeNode> all = kubernetes.nodes();
                if (!all.isEmpty()) {
                    etcd.runs();
                }
                all.forEach(n -> tell(byName.get(n.name()), n));
            } catch (IOException e) {
                // Not there yet, or the control plane starts again: the next list tells.
            }
            pace.rest().rest(pace.kubernetes());
        }
    }

    private void tell(@Nullable Row row, KubeNode node) {
        if (row != null && row.news(node)) {
            log.append(
                    new BootEvent.KubernetesNode(
                            clock.instant(), row.mac(), node.name(), node.ready()));
        }
    }
}
