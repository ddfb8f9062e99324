package dev.ichor.talos;

import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The recorded truth in `src/test/resources/talos`: what the real Talos machinery made of a
/// description.
record Vectors(Path folder, JsonNode inputs) {
    static Vectors of(String name) {
        Path folder = Path.of("src/test/resources/talos", name);
        return new Vectors(folder, JsonMapper.shared().readTree(read(folder, "inputs.json")));
    }

    private static String read(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String text(String file) {
        return read(folder, file);
    }

    Secrets secrets() {
        return SecretsFile.parse(text("secrets.yaml"));
    }

    GenInput input() {
        String disk = inputs.path("installDisk").asString("");
        return new GenInput(
                inputs.path("clusterName").asString(),
                URI.create(inputs.path("endpoint").asString()),
                TalosVersion.of(inputs.path("talosVersion").asString()),
                inputs.path("kubernetesVersion").asString(),
                disk.isEmpty() ? new InstallDisk.Size(">= 8GB") : new InstallDisk.Device(disk),
                inputs.path("installImage").asString(),
                new ClusterOptions(null, List.of(), List.of(), texts("additionalSANs")),
                inputs.path("dnsDomain").asString(GenInput.CLUSTER_LOCAL),
                inputs.path("allowSchedulingOnControlPlanes").asBoolean(false),
                inputs.path("discovery").asBoolean(true));
    }

    List<String> endpoints() {
        return texts("talosEndpoints");
    }

    List<Patch> patches(String key) throws IOException {
        return patches(inputs.path(key));
    }

    static List<Patch> patches(JsonNode texts) throws IOException {
        return Patches.load(texts.valueStream().map(n -> n.asString("")).toList());
    }

    private List<String> texts(String key) {
        return inputs.path(key).valueStream().map(n -> n.asString("")).toList();
    }

    static Role role(String file) {
        return file.startsWith("controlplane") || file.startsWith("cp") || file.equals("thin-01")
                ? Role.CONTROL_PLANE
                : Role.WORKER;
    }
}
