package dev.ichor.fleet;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Role;
import dev.ichor.talos.Authority;
import dev.ichor.talos.PemPair;
import dev.ichor.talos.api.proto.MachineStage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A configured node from the start of its services to its power-off.
final class TalosNode {
    private final Hardware hardware;
    private final Lan lan;
    private final Disk disk;
    private final NodeConfig config;
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final World world;
    private final Milestones milestones;
    private final PretendCluster cluster;
    private final Witness answered = new Witness();
    private final Witness etcdSeen = new Witness();

    /// What all nodes share.
    ///
    /// @param doors opens Talos APIs
    /// @param clusters clusters by id
    /// @param listed told whenever Kubernetes has listed the nodes of a cluster
    record World(
            GrpcDoors doors,
            java.util.function.Function<String, PretendCluster> clusters,
            java.util.function.Consumer<PretendCluster> listed) {}

    /// The STATE partition.
    record Disk(Supplier<@Nullable NodeConfig> read, Consumer<@Nullable NodeConfig> write) {
        NodeConfig config() {
            return Objects.requireNonNull(read.get(), "not installed");
        }
    }

    /// What somebody made it do over its API.
    enum End {
        AGAIN,
        OFF
    }

    TalosNode(Hardware hardware, Lan lan, Disk disk, World world, Milestones milestones) {
        this.hardware = hardware;
        this.lan = lan;
        this.disk = disk;
        this.config = disk.config();
        this.world = world;
        this.milestones = milestones;
        this.cluster = world.clusters().apply(config.cluster());
    }

    /// Runs until the power is cut, or it is told otherwise.
    ///
    /// @throws IOException when a port of its own is taken
    End run() throws IOException, InterruptedException {
        try (Closing services = new Closing()) {
            TalosApi.Seen witnesses = new TalosApi.Seen(answered, etcdSeen);
            TalosOrders api = new TalosOrders(disk, cluster, witnesses, ends::add);
            InetSocketAddress at = address(lan.wire().talosApi());
            PemPair own = certificate(authority());
            TalosState state =
                    new TalosState(hardware, MachineStage.RUNNING, () -> disk.config().text());
            services.add(world.doors().open(at, own, config.talosCa().crt(), api, state));
            seen(answered, Stage.TALOS_API);
            lan.sleep(lan.pace().service());
            if (config.role() == Role.CONTROL_PLANE) {
                controlPlane(api, services);
            }
            kubelet();
            return ends.take();
        } finally {
            cluster.lose(hardware.mac());
        }
    }

    /// A control plane signs its own certificate; a worker asks a control plane's trustd.
    private Authority authority() throws InterruptedException {
        if (config.role() == Role.CONTROL_PLANE) {
            Authority own = new Authority(config.talosCa());
            cluster.trust(hardware.mac(), own);
            return own;
        }
        return cluster.trustd();
    }

    private void controlPlane(TalosApi api, Closing services)
            throws IOException, InterruptedException {
        lan.hangs(hardware, Mishap.NO_BOOTSTRAP);
        api.prepared();
        cluster.awaitEtcd();
        lan.sleep(lan.pace().service());
        api.etcdRuns();
        seen(etcdSeen, Stage.ETCD);
        lan.sleep(lan.pace().service());
        PemPair own = certificate(new Authority(config.kubernetesCa()));
        services.add(
                KubernetesApi.start(
                        address(config.endpoint().getPort()),
                        own,
                        config.kubernetesCa().crt(),
                        cluster::members,
                        () -> world.listed().accept(cluster)));
        cluster.apiServer(true);
        services.add(() -> cluster.apiServer(false));
    }

    private void kubelet() throws InterruptedException {
        cluster.awaitApiServer();
        PretendCluster.Member member =
                new PretendCluster.Member(
                        hostname(), hardware.ip(), config.role(), config.kubernetes(), false);
        cluster.join(hardware.mac(), member);
        lan.sleep(lan.pace().service());
        milestones.reached(Stage.READY);
        cluster.join(hardware.mac(), member.ready(true));
    }

    /// A machine that is to die here dies after it was seen here.
    private void seen(Witness witness, Stage stage) throws InterruptedException {
        if (milestones.deadly(stage)) {
            witness.await();
            lan.sleep(lan.pace().service());
        }
        milestones.reached(stage);
    }

    private PemPair certificate(Authority authority) {
        List<Ip4> addresses = List.of(hardware.ip());
        return authority.server(hostname(), addresses, lan.clock(), lan.random());
    }

    private InetSocketAddress address(int port) {
        return new InetSocketAddress(hardware.ip().inet(), port);
    }

    /// Talos names a node after its address when nobody named it.
    private String hostname() {
        return config.hostname().isEmpty()
                ? "talos-" + hardware.mac().hyphens().substring(9)
                : config.hostname();
    }
}
