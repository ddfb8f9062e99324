package dev.ichor.talos.api;

import dev.ichor.cluster.Ip4;
import dev.ichor.talos.Authority;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.Tls;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A Kubernetes API on loopback that asks for the administrator's certificate and lists nodes.
final class PretendKubernetes extends Dispatcher implements AutoCloseable {
    private static final Ip4 LOOPBACK = Ip4.of("127.0.0.1");

    /// By name: boot id and readiness.
    final Map<String, String> nodes = new ConcurrentSkipListMap<>();

    final AtomicInteger lists = new AtomicInteger();
    private final MockWebServer server = new MockWebServer();

    PretendKubernetes(Secrets secrets) throws Exception {
        var own =
                new Authority(secrets.kubernetes())
                        .server(
                                "kubernetes",
                                List.of(LOOPBACK),
                                InstantSource.system(),
                                new SecureRandom());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(
                new KeyManager[] {Tls.keys(own)},
                new TrustManager[] {Tls.trust(secrets.kubernetes().crt())},
                null);
        server.useHttps(tls.getSocketFactory());
        server.requireClientAuth();
        server.setDispatcher(this);
        server.start(InetAddress.getByAddress(LOOPBACK.bytes()), 0);
    }

    URI endpoint() {
        return URI.create("https://" + LOOPBACK + ":" + server.getPort());
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        lists.incrementAndGet();
        if (!"/api/v1/nodes".equals(request.getUrl().encodedPath())) {
            return new MockResponse.Builder().code(404).build();
        }
        String items =
                nodes.entrySet().stream()
                        .map(e -> item(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(","));
        return new MockResponse.Builder()
                .body("{\"kind\":\"NodeList\",\"items\":[%s]}".formatted(items))
                .build();
    }

    private static String item(String name, String bootAndReady) {
        return """
        {"metadata":{"name":"%s"},"status":{"addresses":[{"type":"InternalIP","address":"10.0.0.9"}],
         "conditions":[{"type":"MemoryPressure","status":"False"},{"type":"Ready","status":"%s"}],
         "nodeInfo":{"bootID":"%s"}}}\
        """
                .formatted(
                        name,
                        bootAndReady.endsWith("!") ? "True" : "False",
                        bootAndReady.replace("!", ""));
    }

    @Override
    public void close() {
        server.close();
    }
}
