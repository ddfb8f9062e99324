package dev.ichor.talos.api;

import dev.ichor.talos.ClientIdentity;
import dev.ichor.talos.KubeConfig;
import dev.ichor.talos.Tls;

import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// The cluster's Kubernetes API, as its administrator; trusts this cluster's authority only.
public final class KubernetesClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OkHttpClient http;
    private final HttpUrl nodes;

    /// A client of the kubeconfig's server.
    ///
    /// @throws IllegalArgumentException when the server is no URL or the identity not PEM
    public KubernetesClient(KubeConfig config) {
        HttpUrl server = HttpUrl.get(config.server());
        if (server == null) {
            throw new IllegalArgumentException("not a URL: " + config.server());
        }
        this.nodes = server.newBuilder().encodedPath("/api/v1/nodes").build();
        X509TrustManager trust = Tls.trust(config.identity().ca());
        this.http =
                new OkHttpClient.Builder()
                        .sslSocketFactory(
                                context(config.identity(), trust).getSocketFactory(), trust)
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .callTimeout(PATIENCE)
                        .build();
    }

    private static SSLContext context(ClientIdentity id, X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {Tls.keys(id.client())}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /// All nodes that have joined, in one call.
    ///
    /// @throws IOException when the API is away or refuses
    public List<KubeNode> nodes() throws IOException {
        try (Response answer = http.newCall(new Request.Builder().url(nodes).build()).execute()) {
            if (!answer.isSuccessful()) {
                throw new IOException("Kubernetes answers " + answer.code());
            }
            return JSON.readTree(answer.body().byteStream())
                    .path("items")
                    .valueStream()
                    .map(KubernetesClient::node)
                    .toList();
        } catch (JacksonException e) {
            throw new IOException("Kubernetes answers with something that is no list", e);
        }
    }

    private static KubeNode node(JsonNode item) {
        JsonNode status = item.path("status");
        return new KubeNode(
                item.path("metadata").path("name").asString(""),
                valueOf(status.path("addresses"), "InternalIP", "address"),
                valueOf(status.path("conditions"), "Ready", "status").equals("True"),
                status.path("nodeInfo").path("bootID").asString(""));
    }

    /// The `field` of the list's entry of this type, or empty.
    private static String valueOf(JsonNode list, String type, String field) {
        return list.valueStream()
                .filter(e -> e.path("type").asString("").equals(type))
                .map(e -> e.path(field).asString(""))
                .findFirst()
                .orElse("");
    }
}
