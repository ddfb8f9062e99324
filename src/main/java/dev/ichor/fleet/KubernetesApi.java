package dev.ichor.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import dev.ichor.cluster.Role;
import dev.ichor.talos.PemPair;
import dev.ichor.talos.Tls;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/// A pretended Kubernetes API server: lists the nodes to whom the cluster's authority has signed a
/// certificate (`GET /api/v1/nodes`, Kubernetes API reference, core/v1 Node).
final class KubernetesApi implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Supplier<List<PretendCluster.Member>> members;
    private final Runnable listed;

    private KubernetesApi(
            HttpsServer server, Supplier<List<PretendCluster.Member>> members, Runnable listed) {
        this.server = server;
        this.members = members;
        this.listed = listed;
    }

    /// @param caPem authority of the clients
    /// @param listed told after each list
    static KubernetesApi start(
            InetSocketAddress at,
            PemPair own,
            String caPem,
            Supplier<List<PretendCluster.Member>> members,
            Runnable listed)
            throws IOException {
        HttpsServer server = HttpsServer.create(at, 0);
        KubernetesApi api = new KubernetesApi(server, members, listed);
        server.setHttpsConfigurator(new MutualTls(tls(own, caPem)));
        server.setExecutor(api.threads);
        server.createContext("/api/v1/nodes", api::nodes);
        server.createContext("/readyz", e -> send(e, "ok", "text/plain"));
        server.start();
        return api;
    }

    private static SSLContext tls(PemPair own, String caPem) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {Tls.keys(own)}, new TrustManager[] {Tls.trust(caPem)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static final class MutualTls extends HttpsConfigurator {
        MutualTls(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters ours = getSSLContext().getDefaultSSLParameters();
            ours.setNeedClientAuth(true);
            parameters.setSSLParameters(ours);
        }
    }

    private void nodes(HttpExchange exchange) throws IOException {
        List<Map<String, Object>> items = members.get().stream().map(KubernetesApi::node).toList();
        String json =
                JSON.writeValueAsString(
                        Map.of("kind", "NodeList", "apiVersion", "v1", "items", items));
        send(exchange, json, "application/json");
        listed.run();
    }

    private static Map<String, Object> node(PretendCluster.Member m) {
        String label = "node-role.kubernetes.io/control-plane";
        return Map.of(
                "metadata",
                Map.of(
                        "name",
                        m.name(),
                        "labels",
                        m.role() == Role.CONTROL_PLANE ? Map.of(label, "") : Map.of()),
                "status",
                Map.of(
                        "conditions",
                        List.of(
                                Map.of("type", "MemoryPressure", "status", "False"),
                                Map.of("type", "Ready", "status", m.ready() ? "True" : "False")),
                        "addresses",
                        List.of(
                                Map.of("type", "InternalIP", "address", m.ip().toString()),
                                Map.of("type", "Hostname", "address", m.name())),
                        "nodeInfo",
                        Map.of("kubeletVersion", m.kubelet(), "osImage", "Talos (pretend)")));
    }

    private static void send(HttpExchange exchange, String text, String type) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(OK, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
