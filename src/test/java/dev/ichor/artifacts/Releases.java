package dev.ichor.artifacts;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okio.Buffer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/// A web server with files, and answers that come before them, path by path.
final class Releases implements AutoCloseable {
    final MockWebServer server = new MockWebServer();
    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentLinkedDeque<MockResponse>> first = new TreeMap<>();
    private final List<Duration> pauses = new ArrayList<>();

    Releases() throws IOException {
        server.setDispatcher(new Files());
        server.start();
    }

    private final class Files extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            var script = first.get(path);
            MockResponse odd = script == null ? null : script.poll();
            byte[] file = files.get(path);
            if (odd != null || file == null) {
                return odd != null ? odd : status(404);
            }
            String range = request.getHeaders().get("Range");
            return range == null ? all(file) : rest(file, range);
        }
    }

    /// Answers that this path gets before its file.
    void script(String path, MockResponse... answers) {
        first.computeIfAbsent(path, p -> new ConcurrentLinkedDeque<>()).addAll(List.of(answers));
    }

    /// Waits no time, and notes how long it would have been.
    Internet internet() {
        return new Internet(
                Map.of(),
                pause -> {
                    synchronized (pauses) {
                        pauses.add(pause);
                    }
                });
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    /// Path and range of every request since the last call.
    List<String> asked() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (RecordedRequest r = next(); r != null; r = next()) {
            String range = r.getHeaders().get("Range");
            String version = r.getHeaders().get("If-Range");
            all.add(
                    r.getUrl().encodedPath()
                            + (range == null ? "" : " " + range)
                            + (version == null ? "" : " if " + version));
        }
        return all;
    }

    private @Nullable RecordedRequest next() throws InterruptedException {
        return server.takeRequest(1, TimeUnit.MILLISECONDS);
    }

    static MockResponse all(byte[] content) {
        return new MockResponse.Builder().body(new Buffer().write(content)).build();
    }

    private static MockResponse rest(byte[] content, String range) {
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        return from >= content.length
                ? new MockResponse.Builder()
                        .code(416)
                        .setHeader("Content-Range", "bytes */" + content.length)
                        .build()
                : rest(content, from);
    }

    static MockResponse rest(byte[] content, int from) {
        return new MockResponse.Builder()
                .code(206)
                .setHeader(
                        "Content-Range",
                        "bytes " + from + "-" + (content.length - 1) + "/" + content.length)
                .body(new Buffer().write(content, from, content.length - from))
                .build();
    }

    static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    static MockResponse page(String type) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", type)
                .body("<!DOCTYPE html><html>Welcome to our hotel")
                .build();
    }

    /// Noise that begins as a kernel does.
    static byte[] kernel(int length, int seed) {
        byte[] b = noise(length, seed);
        System.arraycopy(new byte[] {'H', 'd', 'r', 'S'}, 0, b, 0x202, 4);
        return b;
    }

    /// Noise that begins as an initramfs does.
    static byte[] initramfs(int length, int seed) {
        byte[] b = noise(length, seed);
        System.arraycopy(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, 0, b, 0, 4);
        return b;
    }

    static byte[] noise(int length, int seed) {
        byte[] b = new byte[length];
        new SplittableRandom(seed).nextBytes(b);
        return b;
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Sums.sha256().digest(content));
    }

    @Override
    public void close() {
        server.close();
    }
}
