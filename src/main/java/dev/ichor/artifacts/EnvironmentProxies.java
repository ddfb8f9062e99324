package dev.ichor.artifacts;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The proxy that `https_proxy`, `http_proxy` or `all_proxy` name, but for hosts in `no_proxy`;
/// else what the system says (Windows' and GNOME's settings; the main class asks for them).
final class EnvironmentProxies extends ProxySelector {
    private static final int USUAL_PORT = 8080;

    private final Map<String, String> environment;
    private final List<String> direct;

    private EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.direct =
                Stream.of(variable("no_proxy").split(","))
                        .map(h -> h.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                        .filter(h -> !h.isEmpty())
                        .toList();
    }

    static EnvironmentProxies of(Map<String, String> environment) {
        return new EnvironmentProxies(environment);
    }

    /// `user:password` of the proxy for `http` or `https`, or empty.
    String login(String scheme) {
        String info = address(scheme).getUserInfo();
        return info == null ? "" : info;
    }

    @Override
    public List<Proxy> select(URI uri) {
        URI proxy = address(uri.getScheme());
        if (proxy.getHost() == null) {
            ProxySelector system = ProxySelector.getDefault();
            return system == null ? List.of(Proxy.NO_PROXY) : system.select(uri);
        }
        if (isDirect(uri.getHost())) {
            return List.of(Proxy.NO_PROXY);
        }
        int port = proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
        Proxy.Type type =
                String.valueOf(proxy.getScheme()).startsWith("socks")
                        ? Proxy.Type.SOCKS
                        : Proxy.Type.HTTP;
        return List.of(new Proxy(type, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException cause) {
        // told by the download that failed
    }

    private boolean isDirect(String host) {
        String h = host.toLowerCase(Locale.ROOT);
        return direct.stream().anyMatch(d -> d.equals("*") || h.equals(d) || h.endsWith("." + d));
    }

    private URI address(String scheme) {
        String text = variable(scheme + "_proxy");
        String chosen = text.isEmpty() ? variable("all_proxy") : text;
        try {
            return URI.create(chosen.contains("://") ? chosen : "http://" + chosen);
        } catch (IllegalArgumentException e) {
            return URI.create("http:///"); // nothing that can be used
        }
    }

    private String variable(String name) {
        String lower = environment.getOrDefault(name, "");
        return lower.isEmpty()
                ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
                : lower.strip();
    }
}
