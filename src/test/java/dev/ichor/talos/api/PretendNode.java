package dev.ichor.talos.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.Authority;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.Tls;
import dev.ichor.talos.api.proto.Bootstrap;
import dev.ichor.talos.api.proto.BootstrapRequest;
import dev.ichor.talos.api.proto.BootstrapResponse;
import dev.ichor.talos.api.proto.EtcdMember;
import dev.ichor.talos.api.proto.EtcdMemberListRequest;
import dev.ichor.talos.api.proto.EtcdMemberListResponse;
import dev.ichor.talos.api.proto.EtcdMembers;
import dev.ichor.talos.api.proto.GetRequest;
import dev.ichor.talos.api.proto.GetResponse;
import dev.ichor.talos.api.proto.LinkStatusSpec;
import dev.ichor.talos.api.proto.ListRequest;
import dev.ichor.talos.api.proto.ListResponse;
import dev.ichor.talos.api.proto.MachineServiceGrpc.MachineServiceImplBase;
import dev.ichor.talos.api.proto.MachineStage;
import dev.ichor.talos.api.proto.MachineStatusSpec;
import dev.ichor.talos.api.proto.Resource;
import dev.ichor.talos.api.proto.ServiceHealth;
import dev.ichor.talos.api.proto.ServiceInfo;
import dev.ichor.talos.api.proto.ServiceList;
import dev.ichor.talos.api.proto.ServiceListResponse;
import dev.ichor.talos.api.proto.Spec;
import dev.ichor.talos.api.proto.StateGrpc;
import dev.ichor.talos.api.proto.Version;
import dev.ichor.talos.api.proto.VersionInfo;
import dev.ichor.talos.api.proto.VersionResponse;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/// A node's Talos API on loopback, over TLS as a node does it. What it says is set by the test.
final class PretendNode extends MachineServiceImplBase implements AutoCloseable {
    final Map<String, String> services = new ConcurrentHashMap<>(Map.of("kubelet", "Running"));
    final AtomicInteger bootstraps = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    volatile Status bootstrapAnswer = Status.OK;
    volatile Function<Ip4, Mac> macs = _ -> new Mac(1);
    volatile MachineStage stage = MachineStage.RUNNING;
    volatile Supplier<List<String>> members = () -> List.of("node-1");
    final AtomicInteger read = new AtomicInteger();
    private final Server server;

    private static final Context.Key<Ip4> LOCAL = Context.key("local");

    /// One server may stand for many machines; which one was called, its address tells.
    private static final ServerInterceptor LOCAL_ADDRESS =
            new ServerInterceptor() {
                @Override
                public <A, B> ServerCall.Listener<A> interceptCall(
                        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
                    InetSocketAddress local =
                            Objects.requireNonNull(
                                    (InetSocketAddress)
                                            call.getAttributes()
                                                    .get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR));
                    Ip4 ip = Ip4.of(local.getAddress()).orElse(Ip4.NONE);
                    return Contexts.interceptCall(
                            Context.current().withValue(LOCAL, ip), call, headers, next);
                }
            };

    PretendNode(List<Ip4> addresses, int port, Secrets secrets) throws IOException {
        var own =
                new Authority(secrets.talos())
                        .server("node", addresses, InstantSource.system(), new SecureRandom());
        var tls =
                GrpcSslContexts.configure(
                                SslContextBuilder.forServer(Tls.keys(own)), SslProvider.JDK)
                        .protocols("TLSv1.3")
                        .trustManager(Tls.trust(secrets.talos().crt()))
                        .clientAuth(ClientAuth.REQUIRE)
                        .build();
        InetSocketAddress at =
                addresses.size() == 1
                        ? new InetSocketAddress(addresses.getFirst().inet(), port)
                        : new InetSocketAddress(port);
        this.server =
                NettyServerBuilder.forAddress(at)
                        .sslContext(tls)
                        .intercept(LOCAL_ADDRESS)
                        .addService(this)
                        .addService(new Facts())
                        .build()
                        .start();
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void version(Empty request, StreamObserver<VersionResponse> out) {
        asked.incrementAndGet();
        Version v =
                Version.newBuilder().setVersion(VersionInfo.newBuilder().setTag("v1.13.9")).build();
        out.onNext(VersionResponse.newBuilder().addMessages(v).build());
        out.onCompleted();
    }

    @Override
    public void serviceList(Empty request, StreamObserver<ServiceListResponse> out) {
        ServiceList.Builder list = ServiceList.newBuilder();
        services.forEach((id, state) ->
                list.addServices(
                        ServiceInfo.newBuilder()
                                .setId(id)
                                .setState(state)
                                .setHealth(
                                        ServiceHealth.newBuilder()
                                                .setHealthy(state.equals("Running")))));
        out.onNext(ServiceListResponse.newBuilder().addMessages(list).build());
        out.onCompleted();
    }

    @Override
    public void bootstrap(BootstrapRequest request, StreamObserver<BootstrapResponse> out) {
        bootstraps.incrementAndGet();
        if (!bootstrapAnswer.isOk()) {
            out.onError(bootstrapAnswer.asRuntimeException());
            return;
        }
        services.put("etcd", "Running");
        out.onNext(
                BootstrapResponse.newBuilder().addMessages(Bootstrap.getDefaultInstance()).build());
        out.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    @Override
    public void etcdMemberList(
            EtcdMemberListRequest request, StreamObserver<EtcdMemberListResponse> out) {
        EtcdMembers.Builder all = EtcdMembers.newBuilder();
        members.get().forEach(m -> all.addMembers(EtcdMember.newBuilder().setHostname(m)));
        out.onNext(EtcdMemberListResponse.newBuilder().addMessages(all).build());
        out.onCompleted();
    }

    private final class Facts extends StateGrpc.StateImplBase {
        @Override
        public void list(ListRequest request, StreamObserver<ListResponse> out) {
            read.incrementAndGet();
            if (request.getType().startsWith("LinkStatuses")) {
                byte[] mac = macs.apply(LOCAL.get()).bytes();
                ByteString spec =
                        LinkStatusSpec.newBuilder()
                                .setHardwareAddr(ByteString.copyFrom(mac))
                                .build()
                                .toByteString();
                out.onNext(ListResponse.newBuilder().setResource(resource(spec)).build());
            }
            out.onCompleted();
        }

        @Override
        public void get(GetRequest request, StreamObserver<GetResponse> out) {
            ByteString spec = MachineStatusSpec.newBuilder().setStage(stage).build().toByteString();
            out.onNext(GetResponse.newBuilder().setResource(resource(spec)).build());
            out.onCompleted();
        }

        private static Resource resource(ByteString spec) {
            return Resource.newBuilder().setSpec(Spec.newBuilder().setProtoSpec(spec)).build();
        }
    }
}
