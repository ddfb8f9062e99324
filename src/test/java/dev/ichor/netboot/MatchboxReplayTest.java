package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Ip4;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Replays what was recorded from a Matchbox v0.11.0 against our server, over a real socket.
class MatchboxReplayTest {
    private static final FileTime MTIME = FileTime.from(Instant.parse("2025-01-01T00:00:00Z"));

    /// What is not equal, and why.
    private static final Map<String, String> UNEQUAL =
            Map.of("/ignition?site=attic&rack=2", "Butane is not translated");

    @TempDir Path temp;

    private record Answer(int status, Map<String, String> headers, String body) {}

    @TestFactory
    Stream<DynamicTest> recorded_exchanges_are_answered_equal() throws Exception {
        List<DynamicTest> all = new ArrayList<>();
        for (String set : List.of("classic", "edges")) {
            HttpServer server = serve(set);
            List<JsonNode> exchanges = exchanges(set);
            for (JsonNode e : exchanges.stream().filter(e -> !skipped(e)).toList()) {
                String name = set + " " + e.get("method").asString() + " " + target(e);
                all.add(DynamicTest.dynamicTest(name, () -> check(server, e)));
            }
            all.add(DynamicTest.dynamicTest(set + " ends", server::close));
        }
        return all.stream();
    }

    @Test
    void most_exchanges_are_replayed() throws Exception {
        List<JsonNode> all = new ArrayList<>(exchanges("classic"));
        all.addAll(exchanges("edges"));
        assertThat(all).hasSize(123);
        assertThat(all.stream().filter(MatchboxReplayTest::skipped)).hasSize(1);
    }

    private static void check(HttpServer server, JsonNode e) throws IOException {
        Answer got = ask(server.port(), e);
        assertThat(got.status()).as("status").isEqualTo(e.get("status").asInt());
        Map<String, String> expected = new TreeMap<>();
        for (JsonNode h : e.get("headers")) {
            expected.put(h.get(0).asString(), h.get(1).asString());
        }
        Map<String, String> headers = new TreeMap<>(got.headers());
        headers.remove("Date");
        headers.remove("Connection");
        String type = headers.getOrDefault("Content-Type", "");
        if (e.has("variesEachTime")) {
            expected.computeIfPresent("Content-Type", (k, v) -> withBoundaryOf(type, v));
        }
        assertThat(headers).isEqualTo(expected);
        String body = e.path("body").asString("");
        if (e.has("variesEachTime")) {
            body = body.replaceAll("--[0-9a-f]{60}", "--" + type.substring(type.length() - 60));
        }
        if (e.has("lineOrderIsRandom")) {
            assertThat(got.body().lines())
                    .containsExactlyInAnyOrderElementsOf(body.lines().toList());
        } else {
            assertThat(got.body()).isEqualTo(body);
        }
    }

    private static String withBoundaryOf(String ours, String theirs) {
        return theirs.substring(0, theirs.length() - 60) + ours.substring(ours.length() - 60);
    }

    private static Answer ask(int port, JsonNode e) throws IOException {
        String sent = e.path("requestBody").asString("");
        StringBuilder head = new StringBuilder();
        head.append(e.get("method").asString())
                .append(' ')
                .append(target(e))
                .append(" HTTP/1.1\r\n");
        head.append("Host: boot.test:8080\r\nConnection: close\r\n");
        e.get("requestHeaders")
                .properties()
                .forEach(h -> line(head, h.getKey(), h.getValue().asString()));
        if (!sent.isEmpty()) {
            line(head, "Content-Length", String.valueOf(sent.length()));
        }
        head.append("\r\n").append(sent);
        try (SocketChannel c = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
            c.write(ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1)));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            c.socket().getInputStream().transferTo(all);
            return parsed(all.toString(StandardCharsets.UTF_8));
        }
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static Answer parsed(String text) {
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 2));
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        return new Answer(status, headers, text.substring(end + 4));
    }

    private static String target(JsonNode e) {
        return e.get("target").asString();
    }

    private static boolean skipped(JsonNode e) {
        return UNEQUAL.containsKey(target(e));
    }

    private HttpServer serve(String set) throws Exception {
        Path data = copy(set + "/data");
        Path assets = copy(set + "/assets");
        Matchbox matchbox = new Matchbox(BootTree.folder(data, assets), (where, what) -> {});
        HttpServer server =
                HttpServer.bind(
                        new InetSocketAddress(Ip4.of("127.0.0.1").inet(), 0),
                        InstantSource.system());
        server.serve(r -> matchbox.answer(r, Percent.decode(r.rawPath(), false).orElseThrow()));
        return server;
    }

    private Path copy(String folder) throws IOException {
        Path from = resource(folder);
        Path to = temp.resolve(folder);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path f : files.toList()) {
                Path target = to.resolve(from.relativize(f).toString());
                if (Files.isDirectory(f)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(f, target);
                    Files.setLastModifiedTime(target, MTIME);
                }
            }
        }
        return to;
    }

    private static List<JsonNode> exchanges(String set) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        try (Stream<String> lines = Files.lines(resource(set + "/exchanges.jsonl"))) {
            return lines.map(json::readTree).toList();
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(
                    java.util.Objects.requireNonNull(
                                    MatchboxReplayTest.class.getResource("/matchbox/" + name),
                                    name.toLowerCase(Locale.ROOT))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
