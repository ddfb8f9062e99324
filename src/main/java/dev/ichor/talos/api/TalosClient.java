package dev.ichor.talos.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;

import dev.ichor.cluster.Ip4;
import dev.ichor.talos.ClientIdentity;
import dev.ichor.talos.Tls;
import dev.ichor.talos.api.proto.ApplyConfigurationRequest;
import dev.ichor.talos.api.proto.BootstrapRequest;
import dev.ichor.talos.api.proto.EtcdMember;
import dev.ichor.talos.api.proto.EtcdMemberListRequest;
import dev.ichor.talos.api.proto.Hostname;
import dev.ichor.talos.api.proto.MachineServiceGrpc;
import dev.ichor.talos.api.proto.MachineServiceGrpc.MachineServiceBlockingStub;
import dev.ichor.talos.api.proto.RebootRequest;
import dev.ichor.talos.api.proto.ResetRequest;
import dev.ichor.talos.api.proto.ServiceInfo;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import javax.net.ssl.SSLException;

/// One node's Talos API over mutual TLS. Every call blocks, ends after ten seconds at the latest,
/// and fails with an [IOException] in words when the node is away or refuses.
public final class TalosClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
        return new TalosClient(node, port, tls(id));
    }

    static TalosClient connect(Ip4 node, int port, SslContext tls) {
        return new TalosClient(node, port, tls);
    }

    /// The JDK's own TLS: the native one lacks the Ed25519 that Talos' certificates are made of.
    static SslContext tls(ClientIdentity id) {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .keyManager(Tls.keys(id.client()))
                    .trustManager(Tls.trust(id.ca()))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("every Java has TLS 1.3", e);
        }
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

    /// The host name it goes by.
    ///
    /// @throws IOException when the node is away or refuses
    public String hostname() throws IOException {
        return ask("Hostname", s -> s.hostname(Empty.getDefaultInstance()))
                .getMessagesList()
                .stream()
                .map(Hostname::getHostname)
                .findFirst()
                .orElse("");
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
            call(s -> s.bootstrap(BootstrapRequest.getDefaultInstance()));
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

    /// Gives the node another config; it restarts by itself where it must.
    ///
    /// @return what it warns of
    /// @throws IOException when the node is away or refuses the config
    public List<String> apply(String config) throws IOException {
        ApplyConfigurationRequest request =
                ApplyConfigurationRequest.newBuilder()
                        .setData(ByteString.copyFromUtf8(config))
                        .setMode(ApplyConfigurationRequest.Mode.AUTO)
                        .build();
        return ask("ApplyConfiguration", s -> s.applyConfiguration(request))
                .getMessagesList()
                .stream()
                .flatMap(m -> m.getWarningsList().stream())
                .toList();
    }

    /// Restarts the node.
    ///
    /// @throws IOException when the node is away or refuses
    public void reboot() throws IOException {
        ask("Reboot", s -> s.reboot(RebootRequest.getDefaultInstance()));
    }

    /// Wipes the node's system disk and restarts it.
    ///
    /// @param graceful whether it leaves etcd and Kubernetes first
    /// @throws IOException when the node is away or refuses
    public void reset(boolean graceful) throws IOException {
        ResetRequest request =
                ResetRequest.newBuilder()
                        .setGraceful(graceful)
                        .setReboot(true)
                        .setMode(ResetRequest.WipeMode.SYSTEM_DISK)
                        .build();
        ask("Reset", s -> s.reset(request));
    }

    private <T> T ask(String name, Function<MachineServiceBlockingStub, T> call)
            throws IOException {
        try {
            return call(call);
        } catch (StatusRuntimeException e) {
            throw Refusals.of(node, name, e);
        }
    }

    private <T> T call(Function<MachineServiceBlockingStub, T> call) {
        return call.apply(MachineServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
