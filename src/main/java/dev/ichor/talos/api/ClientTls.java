package dev.ichor.talos.api;

import dev.ichor.talos.ClientIdentity;
import dev.ichor.talos.Tls;
import dev.ichor.trust.LeafTrust;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import javax.net.ssl.SSLException;

/// TLS 1.3 to a node. The JDK's own: the native one lacks the Ed25519 that Talos' certificates are
/// made of.
final class ClientTls {
    private ClientTls() {}

    /// As the administrator, to a node of this cluster.
    ///
    /// @throws IllegalArgumentException when the identity is not PEM
    static SslContext of(ClientIdentity id) {
        return built(
                SslContextBuilder.forClient()
                        .keyManager(Tls.keys(id.client()))
                        .trustManager(Tls.trust(id.ca())));
    }

    /// As anybody, to the one node that has shown this fingerprint.
    static SslContext pinned(String fingerprint) {
        return built(
                SslContextBuilder.forClient()
                        .trustManager(new LeafTrust(c -> Fingerprint.of(c).equals(fingerprint))));
    }

    private static SslContext built(SslContextBuilder builder) {
        try {
            return GrpcSslContexts.configure(builder, SslProvider.JDK).protocols("TLSv1.3").build();
        } catch (SSLException e) {
            throw new IllegalStateException("every Java has TLS 1.3", e);
        }
    }
}
