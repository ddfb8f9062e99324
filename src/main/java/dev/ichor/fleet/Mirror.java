package dev.ichor.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.TalosVersion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pretended Talos release page and Image Factory: `/VERSION/vmlinuz-amd64`,
/// `/VERSION/initramfs-amd64.xz` and `/VERSION/sha256sum.txt` for every version asked for, `/list`,
/// `/factory/…`; knows ranges (RFC 9110 section 14).
final class Mirror implements AutoCloseable {
    private static final Pattern KERNEL = Pattern.compile("(vmlinuz|kernel)-(amd64|arm64)");
    private static final Pattern INITRAMFS = Pattern.compile("initramfs-(amd64|arm64)\\.xz");
    private static final String SUMS = "sha256sum.txt";
    private static final Pattern PATH =
            Pattern.compile("/(?:factory/image/[0-9a-f]{64}/)?(v[0-9][^/]*)/([^/]+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,10})-(\\d{0,10})");

    private static final String EXTENSIONS =
            """
            [{"name": "siderolabs/amd-ucode", "description": "AMD microcode updates"},
             {"name": "siderolabs/i915", "description": "Intel graphics firmware and driver"},
             {"name": "siderolabs/realtek-firmware", "description": "Realtek network firmware"}]
            """;

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final int NOT_SATISFIABLE = 416;
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final int kernelSize;
    private final int initramfsSize;

    private Mirror(HttpServer server, int kernelSize, int initramfsSize) {
        this.server = server;
        this.kernelSize = kernelSize;
        this.initramfsSize = initramfsSize;
    }

    /// @param kernelSize bytes
    /// @param initramfsSize bytes
    static Mirror start(Ip4 address, int kernelSize, int initramfsSize) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address.inet(), 0), 0);
        Mirror mirror = new Mirror(server, kernelSize, initramfsSize);
        server.createContext("/", mirror::answer);
        server.setExecutor(mirror.threads);
        server.start();
        return mirror;
    }

    URI uri() {
        InetSocketAddress a = server.getAddress();
        return URI.create("http://" + a.getAddress().getHostAddress() + ":" + a.getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher m = PATH.matcher(path);
            byte[] file = m.matches() ? file(m.group(1), m.group(2)) : text(exchange, path);
            if (file == null) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
            } else {
                send(exchange, file);
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] file) throws IOException {
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        String asked = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        if (!range.matches()) {
            write(exchange, OK, file, 0, file.length);
            return;
        }
        long from = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? file.length - 1 : Long.parseLong(range.group(2));
        long to = Math.min(last, file.length - 1) + 1;
        String total = "/" + file.length;
        if (from >= to) {
            exchange.getResponseHeaders().set("Content-Range", "bytes *" + total);
            exchange.sendResponseHeaders(NOT_SATISFIABLE, NO_BODY);
            return;
        }
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (to - 1) + total);
        write(exchange, PARTIAL, file, (int) from, (int) to);
    }

    private static void write(HttpExchange exchange, int status, byte[] file, int from, int to)
            throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", "" + (to - from));
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, to - from);
        exchange.getResponseBody().write(file, from, to - from);
    }

    /// What is not a file of a release; a schematic's ID is computed as the Factory does.
    private static byte @Nullable [] text(HttpExchange exchange, String path) throws IOException {
        String text =
                switch (path) {
                    case "/list" -> "[{\"tag_name\": \"v1.13.9\"}, {\"tag_name\": \"v1.12.5\"}]";
                    case "/factory/versions" -> "[\"v1.12.5\", \"v1.13.9\"]";
                    case "/factory/schematics" ->
                            "{\"id\": \""
                                    + sha256(exchange.getRequestBody().readAllBytes())
                                    + "\"}";
                    default -> path.endsWith("/extensions/official") ? EXTENSIONS : null;
                };
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private byte @Nullable [] file(String version, String name) {
        if (KERNEL.matcher(name).matches()) {
            return files.computeIfAbsent(
                    version + name.replace("kernel", "vmlinuz"),
                    k -> StandIn.kernel(of(version, name), kernelSize));
        }
        if (INITRAMFS.matcher(name).matches()) {
            return files.computeIfAbsent(
                    version + name, k -> StandIn.initramfs(of(version, name), initramfsSize));
        }
        return name.equals(SUMS) ? sums(version).getBytes(StandardCharsets.US_ASCII) : null;
    }

    private static String of(String version, String name) {
        return name.contains("arm64") ? version + " arm64" : version;
    }

    /// What the list of checksums says of a file.
    Optional<String> checksum(TalosVersion talos, String name) {
        byte[] file = file(talos.toString(), name);
        return file == null ? Optional.empty() : Optional.of(sha256(file));
    }

    /// The form of `sha256sum`: digest, two blanks, bare name.
    private String sums(String version) {
        StringBuilder text = new StringBuilder();
        for (String arch : new String[] {"amd64", "arm64"}) {
            for (String name : new String[] {"initramfs-" + arch + ".xz", "vmlinuz-" + arch}) {
                byte[] file = file(version, name);
                if (file != null) {
                    text.append(sha256(file)).append("  ").append(name).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
