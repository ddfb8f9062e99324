package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;

import dev.ichor.Peer;
import dev.ichor.artifacts.Upstream;
import dev.ichor.steps.World;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Exports a cluster of one machine, and asks real Matchboxes for what was written.
@Timeout(120)
class ExportCommandTest {
    private static final Path VALIDATE = Path.of("target/peers/kubernetes");
    private static final String MACHINE = "/ipxe?mac=4c-52-62-08-a3-ce";
    private static final String BASE = "http://192.168.1.50:30080";

    @TempDir private Path dir;
    private Path cluster;
    private Path out;
    private World world;

    private record Result(int exit, String out, String err) {}

    @BeforeEach
    void one_machine_and_its_talos_in_the_cache() throws Exception {
        cluster = Files.createDirectories(dir.resolve("cluster"));
        out = dir.resolve("out");
        draft("PROXY");
        Path cache = dir.resolve("cache");
        Files.createDirectories(cache.resolve("sha256"));
        Files.createDirectories(cache.resolve("talos"));
        Files.writeString(
                cache.resolve("talos/v1.13.9-release-amd64.json"),
                """
                {"talos": "v1.13.9", "image": "release", "arch": "AMD64", "origin": "ACCEPTED",
                 "fetched": "2026-01-01T00:00:00Z", "kernel": %s, "initramfs": %s}
                """
                        .formatted(kept(cache, "the kernel"), kept(cache, "the initramfs")));
        World home = new HomeWorld(Map.of()).world();
        World.Sources sources = TestWorld.downloading(Upstream.official(), cache).sources();
        world =
                new World(
                        home.lan(), sources, home.pc(), home.clock(), home.random(), home.haste());
    }

    private void draft(String mode) throws Exception {
        Files.writeString(
                cluster.resolve("cluster.json"),
                """
                {"version": 1, "clusterName": "lab", "endpoint": "https://192.168.1.5:6443",
                 "talos": "v1.13.9", "kubernetes": "1.36.3", "adapter": "eth0", "mode": "%s",
                 "wishes": {"4c:52:62:08:a3:ce": {"role": "CONTROL_PLANE", "hostname": "futro-1",
                   "disk": "/dev/sda"}}}
                """
                        .formatted(mode));
    }

    private static String kept(Path cache, String content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
        String sha256 = HexFormat.of().formatHex(digest);
        Files.writeString(cache.resolve("sha256").resolve(sha256), content);
        return "{\"sha256\": \"" + sha256 + "\", \"bytes\": " + content.length() + "}";
    }

    private Result export(String kind, String... more) {
        StringWriter said = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args =
                Stream.concat(
                                Stream.of("export", kind, cluster.toString(), out.toString()),
                                Stream.of(more))
                        .toArray(String[]::new);
        int exit = Cli.run(args, new Nowhere(world), new PrintWriter(said), new PrintWriter(err));
        return new Result(exit, said.toString(), err.toString());
    }

    private List<String> files() throws Exception {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile)
                    .map(f -> out.relativize(f).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_compose_folder_holds_the_tree_and_no_secret() throws Exception {
        Result r = export("compose", "--base", "http://192.168.1.20:8080");
        assertThat(r.err()).isEmpty();
        assertThat(r.out())
                .isEqualTo(
                        """
                        Written to %s. On the server, in this folder: docker compose up -d
                        iPXE that is told to chain http://192.168.1.20:8080/boot.ipxe boots from there.
                        """
                                .formatted(out));
        assertThat(files())
                .containsExactly(
                        "assets/talos/v1.13.9/initramfs-amd64.xz",
                        "assets/talos/v1.13.9/vmlinuz-amd64",
                        "assets/unknown.ipxe",
                        "compose.yaml",
                        "groups/futro-1.json",
                        "groups/unknown_machine.json",
                        "profiles/futro-1.json",
                        "profiles/unknown_machine.json");
        assertThat(Files.readString(out.resolve("compose.yaml")))
                .startsWith("# Written by Ichor. Start it in this folder: docker compose up -d\n")
                .contains(
                        "command: [\"-address=0.0.0.0:8080\"]",
                        "- ./profiles:/var/lib/matchbox/profiles:ro",
                        "- ./assets:/var/lib/matchbox/assets:ro")
                .doesNotContain("generic");
    }

    @Test
    void a_real_matchbox_boots_the_machine_from_a_compose_folder() throws Exception {
        export("compose", "--base", "http://192.168.1.20:8080");
        try (Peer matchbox = Peer.matchbox(out)) {
            assertThat(answer(matchbox, MACHINE))
                    .contains(
                            "kernel http://192.168.1.20:8080/assets/talos/v1.13.9/vmlinuz-amd64",
                            "talos.config=http://192.168.1.10:8080/generic?mac=4c:52:62:08:a3:ce");
            assertThat(answer(matchbox, "/assets/talos/v1.13.9/vmlinuz-amd64"))
                    .isEqualTo("the kernel");
        }
    }

    @Test
    void exported_again_a_machine_that_left_the_plan_is_gone() throws Exception {
        export("compose", "--base", "http://192.168.1.20:8080");
        Files.writeString(out.resolve("groups/left.json"), "{}");
        Files.writeString(out.resolve("mine.txt"), "the owner's");
        assertThat(export("compose", "--base", "http://192.168.1.20:8080").err()).isEmpty();
        assertThat(files())
                .contains("groups/futro-1.json", "mine.txt")
                .doesNotContain("groups/left.json");
    }

    @Test
    void a_folder_with_something_else_is_left_alone() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve("letter.txt"), "dear aunt");
        Result r = export("compose", "--base", "http://192.168.1.20:8080");
        assertThat(r.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(r.err())
                .isEqualTo(
                        "There is something else in "
                                + out
                                + ". It is not empty and holds no compose.yaml of an earlier"
                                + " export. Choose an empty or a new folder.\n");
        assertThat(files()).containsExactly("letter.txt");
    }

    @Test
    void without_an_address_it_says_how_to_give_one() {
        assertThat(export("compose").err())
                .isEqualTo(
                        "The servers' address is not known. The files tell the machines where to"
                            + " fetch their kernel. Give it with --base http://ADDRESS:8080.\n");
        assertThat(export("kubernetes").err()).contains("--base http://ADDRESS:30080");
        assertThat(export("kubernetes", "--base", "https://192.168.1.50").err())
                .contains("iPXE needs a plain http:// URL.");
    }

    @Test
    void the_manifests_fit_the_schemas_of_kubernetes() throws Exception {
        assumeTrue(
                Files.exists(VALIDATE),
                "skipped: no target/peers/kubernetes; run src/test/peers/build.sh");
        for (String base : List.of(BASE, "http://192.168.1.50", "http://192.168.1.50:8080")) {
            Result r = export("kubernetes", "--base", base);
            assertThat(r.err()).isEmpty();
            ProcessBuilder validate =
                    new ProcessBuilder(
                            "python3",
                            VALIDATE.resolve("bin/kubernetes-validate").toString(),
                            "--strict",
                            "-k",
                            "1.36.0",
                            out.resolve("matchbox.yaml").toString());
            validate.environment().put("PYTHONPATH", VALIDATE.toAbsolutePath().toString());
            Process asked = validate.redirectErrorStream(true).start();
            String said = new String(asked.getInputStream().readAllBytes(), UTF_8);
            assertThat(asked.waitFor()).as(said).isZero();
            assertThat(said).contains("deployment", "service").doesNotContain("ERROR");
        }
    }

    /// What is not found in the ConfigMaps is fetched, and taken only when it is the right one.
    @Test
    void the_pods_fetch_what_ichor_verified_and_a_real_matchbox_serves_it() throws Exception {
        HttpServer web =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String[] kernel = {"another kernel"};
        web.createContext(
                "/assets/talos/v1.13.9/",
                x -> {
                    boolean isKernel = x.getRequestURI().getPath().endsWith("/vmlinuz-amd64");
                    byte[] body = (isKernel ? kernel[0] : "the initramfs").getBytes(UTF_8);
                    x.sendResponseHeaders(200, body.length);
                    x.getResponseBody().write(body);
                    x.close();
                });
        web.start();
        try {
            String assets = "http://127.0.0.1:" + web.getAddress().getPort() + "/assets";
            assertThat(export("kubernetes", "--base", BASE, "--assets", assets).err()).isEmpty();
            Path data = mounted();
            assertThat(fetch(data)).as("another kernel is refused").isNotZero();
            kernel[0] = "the kernel";
            assertThat(fetch(data)).isZero();
            assertThat(fetch(data)).as("a pod that starts again").isZero();
            try (Peer matchbox = Peer.matchbox(data)) {
                assertThat(answer(matchbox, MACHINE))
                        .contains("kernel " + BASE + "/assets/talos/v1.13.9/vmlinuz-amd64");
                assertThat(answer(matchbox, "/assets/talos/v1.13.9/vmlinuz-amd64"))
                        .isEqualTo("the kernel");
                assertThat(answer(matchbox, "/ipxe?mac=52-54-00-00-00-01"))
                        .contains("/assets/unknown.ipxe");
                assertThat(answer(matchbox, "/assets/unknown.ipxe")).startsWith("#!ipxe");
            }
        } finally {
            web.stop(0);
        }
    }

    /// The ConfigMaps as the pods see them.
    private Path mounted() throws Exception {
        Path data = Files.createDirectories(dir.resolve("pod"));
        Files.createDirectories(data.resolve("assets"));
        for (JsonNode object : objects()) {
            if (object.path("kind").asString().equals("ConfigMap")) {
                String name = object.path("metadata").path("name").asString();
                Path folder =
                        Files.createDirectories(data.resolve(name.replaceFirst("-\\d+$", "")));
                for (var file : object.path("data").properties()) {
                    Files.writeString(folder.resolve(file.getKey()), file.getValue().asString());
                }
            }
        }
        return data;
    }

    private List<JsonNode> objects() throws Exception {
        YAMLMapper yaml = new YAMLMapper();
        try (var all =
                yaml.readerFor(JsonNode.class)
                        .<JsonNode>readValues(out.resolve("matchbox.yaml").toFile())) {
            return all.readAll();
        }
    }

    private static int fetch(Path data) throws Exception {
        return new ProcessBuilder("sh", data.resolve("files/fetch.sh").toString())
                .directory(data.resolve("assets").toFile())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private static String answer(Peer matchbox, String path) throws Exception {
        try (var in =
                URI.create("http://127.0.0.1:" + matchbox.port() + path).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void two_servers_two_copies_and_no_rights() throws Exception {
        Result r = export("kubernetes", "--base", BASE);
        assertThat(r.out())
                .isEqualTo(
                        """
                        Written to %1$s. With the cluster's kubeconfig: kubectl apply -f %1$s
                        192.168.1.50 has to be the address of one of its nodes.
                        iPXE that is told to chain http://192.168.1.50:30080/boot.ipxe boots from there.
                        """
                                .formatted(out.resolve("matchbox.yaml")));
        assertThat(objects())
                .extracting(o ->
                        o.path("kind").asString()
                                + " "
                                + o.path("metadata").path("name").asString())
                .containsExactly(
                        "Namespace ichor-boot",
                        "ConfigMap groups-1",
                        "ConfigMap profiles-1",
                        "ConfigMap files",
                        "Deployment matchbox",
                        "PodDisruptionBudget matchbox",
                        "Service matchbox");
        String yaml = Files.readString(out.resolve("matchbox.yaml"));
        assertThat(yaml)
                .contains(
                        "replicas: 2",
                        "nodePort: 30080",
                        "runAsNonRoot: true",
                        "talos/v1.13.9/vmlinuz-amd64"
                            + " https://github.com/siderolabs/talos/releases/download/v1.13.9/vmlinuz-amd64")
                .doesNotContain("kind: Secret", "version: v1alpha1", "PRIVATE KEY");
        assertThat(export("kubernetes", "--base", "http://192.168.1.50").out())
                .contains("The cluster needs a load balancer that gives the service 192.168.1.50;");
        assertThat(Files.readString(out.resolve("matchbox.yaml")))
                .contains("type: LoadBalancer\n  loadBalancerIP: 192.168.1.50", "    port: 80\n")
                .doesNotContain("nodePort");
    }
}
