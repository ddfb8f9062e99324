package dev.ichor.fleet;

import dev.ichor.talos.PemPair;
import dev.ichor.talos.Tls;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Opens Talos APIs. All nodes share two threads: a thousand servers must not need a thousand.
final class GrpcDoors implements AutoCloseable {
    private static final int GRACE_MILLIS = 200;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /// A node's server until it is closed.
    record Door(Server server) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            server.shutdownNow().awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Listens with TLS 1.3 for clients that the authority has signed, as apid does.
    Door open(InetSocketAddress at, PemPair own, String caPem, BindableService... services)
            throws IOException {
        return open(
                at,
                SslContextBuilder.forServer(Tls.keys(own))
                        .trustManager(Tls.trust(caPem))
                        .clientAuth(ClientAuth.REQUIRE),
                services);
    }

    /// Listens with TLS 1.3 for anybody, as a machine without config does.
    Door openToAll(InetSocketAddress at, PemPair own, BindableService... services)
            throws IOException {
        return open(at, SslContextBuilder.forServer(Tls.keys(own)), services);
    }

    private Door open(InetSocketAddress at, SslContextBuilder how, BindableService... services)
            throws IOException {
        SslContext tls =
                GrpcSslContexts.configure(how, SslProvider.JDK).protocols("TLSv1.3").build();
        NettyServerBuilder server =
                NettyServerBuilder.forAddress(at)
                        .sslContext(tls)
                        .bossEventLoopGroup(loops)
                        .workerEventLoopGroup(loops)
                        .channelType(NioServerSocketChannel.class)
                        .executor(calls);
        for (BindableService service : services) {
            server.addService(service);
        }
        return new Door(server.build().start());
    }

    @Override
    public void close() throws InterruptedException {
        calls.shutdownNow();
        loops.shutdownGracefully(0, GRACE_MILLIS, TimeUnit.MILLISECONDS).await();
    }
}
