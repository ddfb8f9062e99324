package dev.ichor.talos.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;

import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.ClientIdentity;
import dev.ichor.talos.api.proto.ApplyConfigurationRequest;
import dev.ichor.talos.api.proto.BootstrapRequest;
import dev.ichor.talos.api.proto.EtcdMember;
import dev.ichor.talos.api.proto.EtcdMemberListRequest;
import dev.ichor.talos.api.proto.MachineServiceGrpc;
import dev.ichor.talos.api.proto.MachineServiceGrpc.MachineServiceBlockingStub;
import dev.ichor.talos.api.proto.MachineStage;
import dev.ichor.talos.api.proto.RebootRequest;
import dev.ichor.talos.api.proto.ResetPartitionSpec;
import dev.ichor.talos.api.proto.ResetRequest;
import dev.ichor.talos.api.proto.ServiceInfo;
import dev.ichor.talos.api.proto.ShutdownRequest;
import dev.ichor.talos.api.proto.UpgradeRequest;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// One node's Talos API over mutual TLS. Every call blocks, ends after ten seconds at the latest,
/// and fails with an [IOException] in words when the node is away or refuses.
public final class TalosClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Upgrade answers when the node has pulled and looked at the image.
    private static final Duration PULLING = Duration.ofMinutes(10);

    /// One of the node's services.
    ///
    /// @param id `etcd`, `kubelet`, …
    /// @param state Talos' word: Preparing, Running, Failed, …
    /// @param healthy whether it runs and its own check, if it has one, is good
    public record ServiceState(String id, String state, boolean healthy) {}

    /// What a node says to being bootstrapped.
    public enum BootstrapAnswer {
        /// etcd starts.
        STARTED,
        /// etcd was bootstrapped before.
        DONE_BEFORE,
        /// The node is not that far; ask again in a few seconds.
        TOO_EARLY
    }

    private final String node;
    private final ManagedChannel channel;

    private TalosClient(Ip4 node, int port, SslContext tls) {
        this.node = node.toString();
        this.channel =
                NettyChannelBuilder.forAddress(new InetSocketAddress(node.inet(), port))
                        .sslContext(tls)
                        .build();
    }

    /// A client of this node; the connection is made with the first call.
    ///
    /// @throws IllegalArgumentException when the identity is not PEM
    public static TalosClient connect(Ip4 node, int port, ClientIdentity id) {
        return new TalosClient(node, port, ClientTls.of(id));
    }

    static TalosClient connect(Ip4 node, int port, SslContext tls) {
        return new TalosClient(node, port, tls);
    }

    /// A client of a machine without config, as anybody.
    ///
    /// @param fingerprint its certificate's, as it was shown to the owner; no other is trusted
    public static TalosClient maintenance(Ip4 node, int port, String fingerprint) {
        return new TalosClient(node, port, ClientTls.pinned(fingerprint));
    }

    /// The release it runs, such as `v1.13.9`.
    ///
    /// @throws IOException when the node is away or refuses
    public String version() throws IOException {
        return ask("Version", s -> s.version(Empty.getDefaultInstance())).getMessagesList().stream()
                .map(m -> m.getVersion().getTag())
                .findFirst()
                .orElseThrow(() -> new IOException(node + " answers without a version"));
    }

    /// Its services.
    ///
    /// @throws IOException when the node is away or refuses
    public List<ServiceState> services() throws IOException {
        return ask("ServiceList", s -> s.serviceList(Empty.getDefaultInstance()))
                .getMessagesList()
                .stream()
                .flatMap(m -> m.getServicesList().stream())
                .map(TalosClient::state)
                .toList();
    }

    /// A service without a check of its own says "unknown" and counts by its state.
    private static ServiceState state(ServiceInfo s) {
        boolean well = s.getHealth().getHealthy() || s.getHealth().getUnknown();
        return new ServiceState(s.getId(), s.getState(), s.getState().equals("Running") && well);
    }

    /// Starts etcd as the first member of a new cluster. To be asked of one control plane, once in
    /// a cluster's life.
    ///
    /// @throws IOException when the node is away or refuses
    public BootstrapAnswer bootstrap() throws IOException {
        try {
            call(s -> s.bootstrap(BootstrapRequest.getDefaultInstance()), PATIENCE);
            return BootstrapAnswer.STARTED;
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                case FAILED_PRECONDITION -> BootstrapAnswer.TOO_EARLY;
                case ALREADY_EXISTS -> BootstrapAnswer.DONE_BEFORE;
                default -> throw Refusals.of(node, "Bootstrap", e);
            };
        }
    }

    /// The host names of etcd's members, as this control plane knows them.
    ///
    /// @throws IOException when the node is away or refuses
    public List<String> etcdMembers() throws IOException {
        EtcdMemberListRequest all = EtcdMemberListRequest.getDefaultInstance();
        return ask("EtcdMemberList", s -> s.etcdMemberList(all)).getMessagesList().stream()
                .flatMap(m -> m.getMembersList().stream())
                .map(EtcdMember::getHostname)
                .toList();
    }

    /// The hardware addresses of its network interfaces, as it tells them itself.
    ///
    /// @throws IOException when the node is away or refuses
    public Set<Mac> macs() throws IOException {
        return read("its network interfaces", Resources::macs);
    }

    /// The disks it could be installed on.
    ///
    /// @throws IOException when the node is away or refuses
    public List<Disk> disks() throws IOException {
        return read("its disks", Resources::disks);
    }

    /// Whether it runs from its installation: neither in maintenance mode nor installing.
    ///
    /// @throws IOException when the node is away or refuses
    public boolean installed() throws IOException {
        MachineStage stage = read("its stage", Resources::stage);
        return stage == MachineStage.BOOTING || stage == MachineStage.RUNNING;
    }

    /// The config it runs on. Secret.
    ///
    /// @throws IOException when the node is away or refuses
    public String config() throws IOException {
        return read("its config", Resources::config);
    }

    private interface Reading<T> {
        T from(Resources resources) throws InvalidProtocolBufferException;
    }

    private <T> T read(String what, Reading<T> reading) throws IOException {
        try {
            return reading.from(Resources.of(channel));
        } catch (StatusRuntimeException e) {
            throw Refusals.of(node, "reading " + what, e);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(node + " tells " + what + " in a form that makes no sense", e);
        }
    }

    /// Gives the node another config; it restarts by itself where it must.
    ///
    /// @throws IOException when the node is away or refuses the config
    public void apply(String config) throws IOException {
        apply(config, ApplyConfigurationRequest.Mode.AUTO);
    }

    /// Gives the node another config that changes nothing for which it would have to restart.
    ///
    /// @throws IOException when the node is away or refuses the config
    public void applyRunning(String config) throws IOException {
        apply(config, ApplyConfigurationRequest.Mode.NO_REBOOT);
    }

    private void apply(String config, ApplyConfigurationRequest.Mode mode) throws IOException {
        ApplyConfigurationRequest request =
                ApplyConfigurationRequest.newBuilder()
                        .setData(ByteString.copyFromUtf8(config))
                        .setMode(mode)
                        .build();
        ask("ApplyConfiguration", s -> s.applyConfiguration(request));
    }

    /// Restarts the node.
    ///
    /// @throws IOException when the node is away or refuses
    public void reboot() throws IOException {
        ask("Reboot", s -> s.reboot(RebootRequest.getDefaultInstance()));
    }

    /// Switches the node off.
    ///
    /// @throws IOException when the node is away or refuses
    public void shutdown() throws IOException {
        ask("Shutdown", s -> s.shutdown(ShutdownRequest.getDefaultInstance()));
    }

    /// Makes the node install another release from an image and start it; its data stay.
    ///
    /// @throws IOException when the node is away or refuses
    public void upgrade(String image) throws IOException {
        UpgradeRequest request =
                UpgradeRequest.newBuilder().setImage(image).setPreserve(true).build();
        ask("Upgrade", s -> s.upgrade(request), PULLING);
    }

    /// Wipes the node's config and data, and restarts it: it is back in the drawer. Talos itself
    /// stays on the disk and waits in maintenance mode.
    ///
    /// @param graceful whether it leaves etcd and Kubernetes first
    /// @throws IOException when the node is away or refuses
    public void reset(boolean graceful) throws IOException {
        ResetRequest request =
                ResetRequest.newBuilder()
                        .setGraceful(graceful)
                        .setReboot(true)
                        .addSystemPartitionsToWipe(wiped("STATE"))
                        .addSystemPartitionsToWipe(wiped("EPHEMERAL"))
                        .build();
        ask("Reset", s -> s.reset(request));
    }

    private static ResetPartitionSpec wiped(String label) {
        return ResetPartitionSpec.newBuilder().setLabel(label).setWipe(true).build();
    }

    private <T> T ask(String name, Function<MachineServiceBlockingStub, T> call)
            throws IOException {
        return ask(name, call, PATIENCE);
    }

    private <T> T ask(String name, Function<MachineServiceBlockingStub, T> call, Duration patience)
            throws IOException {
        try {
            return call(call, patience);
        } catch (StatusRuntimeException e) {
            throw Refusals.of(node, name, e);
        }
    }

    private <T> T call(Function<MachineServiceBlockingStub, T> call, Duration patience) {
        return call.apply(MachineServiceGrpc.newBlockingStub(channel).withDeadlineAfter(patience));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
