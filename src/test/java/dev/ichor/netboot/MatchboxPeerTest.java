package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ichor.Gen;
import dev.ichor.Peer;
import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.template.TemplateText;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Asks a real Matchbox v0.11.0 (src/test/peers/build.sh) and ours the same, of the same folder.
@Timeout(300)
class MatchboxPeerTest {
    private static final List<String> LABELS =
            List.of(
                    "mac=52:54:00:a1:9c:ae",
                    "mac=52-54-00-A1-9C-AE",
                    "MAC=52:54:00:a1:9c:ae",
                    "mac=x",
                    "uuid=u-1",
                    "uuid=U-1",
                    "site=attic",
                    "rack=2",
                    "rack=%32",
                    "rack=%zz",
                    "site=attic;rack=2",
                    "site=",
                    "a+b=c+d",
                    "",
                    "=",
                    "site=cellar",
                    "big=1");

    private static final List<String> PATHS =
            List.of(
                    "/ipxe",
                    "/ipxe",
                    "/grub",
                    "/generic",
                    "/generic",
                    "/cloud",
                    "/ignition",
                    "/ignition",
                    "/",
                    "/boot.ipxe",
                    "/boot.ipxe.0",
                    "/nothing",
                    "/assets",
                    "/assets/",
                    "/assets/dir",
                    "/assets/dir/",
                    "/assets/dir/index.html",
                    "/assets/sub/",
                    "/assets/sub",
                    "/assets/a%20b.txt",
                    "/assets/ten.bin",
                    "/assets/ten.bin/",
                    "/assets//ten.bin",
                    "/assets/sub/../ten.bin",
                    "/assets/%2e%2e/groups/one.json",
                    "/assets/./ten.bin",
                    "//ipxe",
                    "/ipxe/",
                    "/assets/none",
                    "/assets/x%3Cy%3E.html",
                    "/assets/ten.bin?x=1",
                    "/assets/empty",
                    "/assets/ten.bin",
                    "/assets/none?x");

    private static final String[] CONDITIONS = {
        "Range: bytes=0-3\r\nIf-Range: %s",
        "Range: octets=0-1",
        "If-Modified-Since: %s",
        "If-Unmodified-Since: %s",
        "If-None-Match: %s",
        "If-Match: %s"
    };

    private static final List<String> DATES =
            List.of(
                    "Wed, 01 Jan 2025 00:00:00 GMT",
                    "Tue, 31 Dec 2024 23:59:59 GMT",
                    "Thu, 02 Jan 2025 00:00:00 GMT",
                    "Mon, 01 Jan 2025 00:00:00 GMT",
                    "Wednesday, 01-Jan-25 00:00:00 GMT",
                    "Wed Jan  1 00:00:00 2025",
                    "Wed, 31 Feb 2024 00:00:00 GMT",
                    "soon",
                    "*",
                    "\"tag\"",
                    "W/\"tag\", *",
                    ", ,");

    private static final List<String> COMPARED =
            List.of(
                    "content-type",
                    "content-length",
                    "content-range",
                    "location",
                    "last-modified",
                    "accept-ranges");

    @TempDir Path data;

    private record Answer(String status, Map<String, String> headers, String body) {}

    private @Nullable Peer peer;
    private int port;
    private HttpServer ours;

    @BeforeEach
    void start() throws Exception {
        folder();
        peer = Peer.matchbox(data);
        port = peer.port();
        InetSocketAddress any = new InetSocketAddress(Ip4.of("127.0.0.1").inet(), 0);
        ours = HttpServer.bind(any, InstantSource.system());
        Matchbox matchbox =
                new Matchbox(BootTree.folder(data, data.resolve("assets")), (w, x) -> {});
        ours.serve(r -> matchbox.answer(r, Percent.decode(r.rawPath(), false).orElse("?")));
    }

    @AfterEach
    void stop() throws Exception {
        if (peer != null) {
            ours.close();
            peer.close();
        }
    }

    @Test
    void generated_requests_are_answered_as_by_Matchbox() {
        Gen.check(Gen.often(2_000, 20_000), gen -> assertEqual(request(gen)));
    }

    @Test
    void literal_braces_in_a_config_are_answered_as_they_were_by_both() throws Exception {
        Gen.check(
                Gen.often(300, 10_000),
                gen -> {
                    String config =
                            "a: \""
                                    + String.join("", gen.list(12, MatchboxPeerTest::brace))
                                    + "\"\n";
                    write("generic/g", TemplateText.escape(config));
                    assertThat(
                                    assertEqual("GET /generic?site=attic HTTP/1.1\r\nHost: x\r\n")
                                            .body())
                            .isEqualTo(config);
                });
    }

    private static String brace(Gen gen) {
        return gen.of(
                "{", "{{", "}}", "}", "{{-", "-}}", "{{.n}}", "{{ \"{{\" }}", "`", "\n", " ", "x");
    }

    @Test
    void a_cloud_config_says_so_in_a_line_of_its_own() throws Exception {
        for (String text :
                List.of(
                        "#cloud-config\na: b\n",
                        "#cloud-config \t\r\na: b\n",
                        "#cloud-configs\na: b\n",
                        " #cloud-config\na: b\n",
                        "\n#cloud-config\n",
                        "#!/bin/sh\n",
                        "#!",
                        "# !\n",
                        "")) {
            write("cloud/c", text);
            assertEqual("GET /cloud?uuid=u-1 HTTP/1.1\r\nHost: x\r\n");
        }
    }

    @Test
    void a_cloud_config_that_is_no_yaml_is_not_handed_out() throws Exception {
        for (String text :
                List.of(
                        "",
                        "text",
                        "a: [1, 2\n",
                        "a: b: c\n",
                        "\ta: b\n",
                        "a:\n\t- b\n",
                        "a: {b\n",
                        "a: \"b\n",
                        "a: 'b'c\n",
                        "a: b\n c: d\n",
                        "- a\nb: c\n",
                        "a: 1\na: 2\n",
                        "a: *none\n",
                        "a: &x 1\nb: *x\n",
                        "a: !!int x\n",
                        "a: @b\n",
                        "a: `b\n",
                        "a: %b\n",
                        "---\na: b\n...\n",
                        "a: b\n---\nc: [\n",
                        "hostname: [a]\n",
                        "hostname: {a: b}\n",
                        "coreos: text\n",
                        "coreos:\n  units: text\n",
                        "write_files: 5\n",
                        "users:\n  - name: x\n    no_create_home: perhaps\n",
                        "manage_etc_hosts: localhost\n",
                        "? a\n: b\n",
                        "a: |\n b\n  c\n",
                        "a: |9x\n b\n",
                        "a: \"\\q\"\n")) {
            write("cloud/c", "#cloud-config\n" + text);
            assertEqual("GET /cloud?uuid=u-1 HTTP/1.1\r\nHost: x\r\n");
        }
    }

    private Answer assertEqual(String request) throws IOException {
        Answer got = ask(ours.port(), request);
        assertThat(got).as(request).isEqualTo(ask(port, request));
        return got;
    }

    private static String request(Gen gen) {
        String path = pick(gen, PATHS);
        String method = gen.of("GET", "GET", "GET", "HEAD", "POST", "DELETE");
        List<String> labels = path.contains("?") ? List.of() : gen.list(3, g -> pick(g, LABELS));
        String query = labels.isEmpty() ? "" : "?" + String.join("&", labels);
        List<String> headers = gen.oneIn(2) ? List.of() : gen.list(2, MatchboxPeerTest::header);
        return method
                + (" " + path + query + " HTTP/1.1\r\nHost: boot.test\r\n")
                + headers.stream().map(h -> h + "\r\n").collect(Collectors.joining());
    }

    private static String header(Gen gen) {
        return gen.oneIn(2)
                ? "Range: bytes=" + String.join(",", gen.list(3, MatchboxPeerTest::range))
                : gen.of(CONDITIONS).formatted(pick(gen, DATES));
    }

    private static String range(Gen gen) {
        String ends = "0123456789 +-x\t";
        return gen.oneIn(3)
                ? gen.text(5, ends)
                : gen.of("", " ") + gen.text(2, "0123456789") + "-" + gen.text(2, "0123456789");
    }

    private static String pick(Gen gen, List<String> of) {
        return of.get(gen.between(0, of.size() - 1));
    }

    private static Answer ask(int port, String request) throws IOException {
        try (Socket s = new Socket("127.0.0.1", port)) {
            s.getOutputStream().write((request + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
            return parsed(new String(s.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    /// Without what may differ: the boundary between several ranges is random.
    private static Answer parsed(String text) {
        String plain = text.replaceAll("[0-9a-f]{60}", "BOUNDARY");
        int end = plain.indexOf("\r\n\r\n");
        String[] lines = plain.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines) {
            String name = line.replaceFirst(":.*", "").toLowerCase(java.util.Locale.ROOT);
            if (COMPARED.contains(name)) {
                headers.put(name, line.substring(line.indexOf(':') + 1).strip());
            }
        }
        // Go tells no length of an empty answer to HEAD, and only there.
        headers.remove("content-length", "0");
        return new Answer(lines[0].split(" ")[1], headers, plain.substring(end + 4));
    }

    private void folder() throws IOException {
        write(
                "groups/one.json",
                "{\"id\":\"one\",\"profile\":\"p\",\"selector\":{\"mac\":\"52:54:00:A1:9C:AE\"},\"metadata\":{\"n\":12345678901234,\"l\":[1,null],\"o\":{\"a\":true}}}");
        write(
                "groups/two.json",
                "{\"id\":\"two\",\"profile\":\"q\",\"selector\":{\"site\":\"attic\"},\"metadata\":{\"n\":1e21}}");
        write(
                "groups/tie-a.json",
                "{\"id\":\"tie-a\",\"profile\":\"q\",\"selector\":{\"rack\":\"2\"}}");
        write(
                "groups/tie-b.json",
                "{\"ID\":\"tie-b\",\"PROFILE\":\"p\",\"selector\":{\"uuid\":\"u-1\"}}");
        write(
                "groups/empty.json",
                "{\"id\":\"empty\",\"profile\":\"r\",\"selector\":{\"site\":\"\",\"big\":\"1\"}}");
        write(
                "groups/null.json",
                "{\"id\":\"null\",\"profile\":null,\"selector\":null,\"metadata\":null,\"name\":\"x\"}");
        write("groups/broken.json", "{\"id\":");
        write("groups/bom.json", "\ufeff{\"id\":\"bom\",\"profile\":\"p\"}");
        write(
                "profiles/p.json",
                "{\"id\":\"p\",\"boot\":{\"kernel\":\"/assets/k\",\"initrd\":[\"/a\",\"/b\"],\"args\":[\"x=1\",\"a"
                    + " b\"]},\"generic_id\":\"g\",\"cloud_id\":\"c\",\"ignition_id\":\"i.ign\"}");
        write(
                "profiles/q.json",
                "{\"id\":\"q\",\"generic_id\":\"g\",\"cloud_id\":\"bad\",\"ignition_id\":\"old.ignition\"}");
        write(
                "profiles/r.json",
                "{\"id\":\"r\",\"boot\":null,\"generic_id\":\"none\",\"ignition_id\":\"two.ign\"}");
        write(
                "generic/g",
                "n={{.n}} q={{.request.raw_query}} {{range $k, $v :="
                        + " .request.query}}{{$k}}={{$v}};{{end}}\n");
        write("cloud/c", "#cloud-config\nn: {{.n}}\n");
        write("cloud/bad", "n: {{.n}}\n");
        write(
                "ignition/i.ign",
                "{\"ignition\":{\"version\":\"3.2.0\"},\"passwd\":{\"users\":[{\"name\":\"<a>\"}]}}");
        write("ignition/old.ignition", "{\"ignition\":{\"version\":\"2.2.0\"}}");
        write(
                "ignition/two.ign",
                "{\"ignition\":{\"version\":\"3.4.0\"},\"systemd\":{\"units\":[{\"name\":\"a\"}]}}");
        write("assets/ten.bin", "0123456789");
        write("assets/empty", "");
        write("assets/a b.txt", "blank");
        write("assets/x<y>.html", "<p>");
        write("assets/dir/index.html", "<html>index</html>");
        write("assets/sub/one", "1");
        write("assets/sub/Two&.txt", "2");
        write("assets/sub/deep/three", "3");
    }

    private void write(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        FileTime then = FileTime.from(Instant.parse("2025-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, then);
        for (Path up = file.getParent(); up != null && !up.equals(data); up = up.getParent()) {
            Files.setLastModifiedTime(up, then);
        }
    }
}
