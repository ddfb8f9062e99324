package dev.ichor.fleet;

import com.google.protobuf.Empty;

import dev.ichor.cluster.Role;
import dev.ichor.talos.api.proto.Bootstrap;
import dev.ichor.talos.api.proto.BootstrapRequest;
import dev.ichor.talos.api.proto.BootstrapResponse;
import dev.ichor.talos.api.proto.EtcdMember;
import dev.ichor.talos.api.proto.EtcdMemberListRequest;
import dev.ichor.talos.api.proto.EtcdMemberListResponse;
import dev.ichor.talos.api.proto.EtcdMembers;
import dev.ichor.talos.api.proto.MachineServiceGrpc;
import dev.ichor.talos.api.proto.PlatformInfo;
import dev.ichor.talos.api.proto.ServiceHealth;
import dev.ichor.talos.api.proto.ServiceInfo;
import dev.ichor.talos.api.proto.ServiceList;
import dev.ichor.talos.api.proto.ServiceListResponse;
import dev.ichor.talos.api.proto.Version;
import dev.ichor.talos.api.proto.VersionInfo;
import dev.ichor.talos.api.proto.VersionResponse;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import java.util.List;
import java.util.stream.Stream;

/// A node's Talos API: what apid and machined answer while a cluster comes up (Talos 1.13,
/// `api/machine/machine.proto`).
class TalosApi extends MachineServiceGrpc.MachineServiceImplBase {
    private static final List<String> EVERYWHERE =
            List.of("apid", "containerd", "cri", "kubelet", "machined", "syslogd", "udevd");

    private final NodeConfig config;
    private final PretendCluster cluster;
    private final Seen seen;
    private volatile boolean prepared;
    private volatile boolean etcdRuns;

    /// Who has to be told.
    ///
    /// @param answered sees the first answer
    /// @param etcd sees the first time that etcd is listed healthy
    record Seen(Witness answered, Witness etcd) {}

    TalosApi(NodeConfig config, PretendCluster cluster, Seen seen) {
        this.config = config;
        this.cluster = cluster;
        this.seen = seen;
    }

    /// From now on it may be bootstrapped.
    void prepared() {
        prepared = true;
    }

    void etcdRuns() {
        etcdRuns = true;
    }

    @Override
    public void version(Empty request, StreamObserver<VersionResponse> out) {
        VersionInfo info =
                VersionInfo.newBuilder()
                        .setTag(config.talos())
                        .setSha("pretend")
                        .setOs("linux")
                        .setArch("amd64")
                        .build();
        PlatformInfo platform = PlatformInfo.newBuilder().setName("metal").setMode("metal").build();
        answer(
                out,
                VersionResponse.newBuilder()
                        .addMessages(Version.newBuilder().setVersion(info).setPlatform(platform))
                        .build());
        seen.answered().see();
    }

    @Override
    public void serviceList(Empty request, StreamObserver<ServiceListResponse> out) {
        ServiceList.Builder list = ServiceList.newBuilder();
        boolean etcd = etcdRuns;
        EVERYWHERE.forEach(id -> list.addServices(service(id, true)));
        if (config.role() == Role.CONTROL_PLANE) {
            list.addServices(service("etcd", etcd)).addServices(service("trustd", true));
        }
        answer(out, ServiceListResponse.newBuilder().addMessages(list).build());
        if (etcd) {
            seen.etcd().see();
        }
    }

    private static ServiceInfo service(String id, boolean runs) {
        return ServiceInfo.newBuilder()
                .setId(id)
                .setState(runs ? "Running" : "Preparing")
                .setHealth(ServiceHealth.newBuilder().setHealthy(runs).setUnknown(!runs))
                .build();
    }

    @Override
    public void bootstrap(BootstrapRequest request, StreamObserver<BootstrapResponse> out) {
        if (config.role() == Role.WORKER) {
            out.onError(
                    status(
                            Status.FAILED_PRECONDITION,
                            "bootstrap can only be performed on a control plane node"));
        } else if (!prepared) {
            out.onError(status(Status.FAILED_PRECONDITION, "bootstrap is not available yet"));
        } else if (!cluster.bootstrap()) {
            out.onError(status(Status.ALREADY_EXISTS, "etcd data directory is not empty"));
        } else {
            answer(
                    out,
                    BootstrapResponse.newBuilder()
                            .addMessages(Bootstrap.getDefaultInstance())
                            .build());
        }
    }

    private static Throwable status(Status status, String text) {
        return status.withDescription(text).asRuntimeException();
    }

    @Override
    public void etcdMemberList(
            EtcdMemberListRequest request, StreamObserver<EtcdMemberListResponse> out) {
        if (!etcdRuns) {
            out.onError(status(Status.UNAVAILABLE, "etcd is not running"));
            return;
        }
        EtcdMembers.Builder members = EtcdMembers.newBuilder();
        controlPlanes()
                .forEach(m ->
                        members.addMembers(
                                EtcdMember.newBuilder()
                                        .setId(m.ip().bits())
                                        .setHostname(m.name())
                                        .addPeerUrls("https://" + m.ip() + ":2380")
                                        .addClientUrls("https://" + m.ip() + ":2379")));
        answer(out, EtcdMemberListResponse.newBuilder().addMessages(members).build());
    }

    private Stream<PretendCluster.Member> controlPlanes() {
        return cluster.members().stream().filter(m -> m.role() == Role.CONTROL_PLANE);
    }

    static <T> void answer(StreamObserver<T> out, T message) {
        out.onNext(message);
        out.onCompleted();
    }
}
