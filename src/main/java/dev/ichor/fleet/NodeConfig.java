package dev.ichor.fleet;

import dev.ichor.cluster.Role;
import dev.ichor.talos.PemPair;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What a pretended node takes from its machine config; it is also what stays on its disk.
///
/// @param cluster the cluster's id
/// @param hostname host name, or empty
/// @param role control plane or worker
/// @param talos release of the installer, for instance `v1.13.9`
/// @param kubernetes release of the kubelet, for instance `v1.36.3`
/// @param endpoint Kubernetes API of the cluster
/// @param talosCa authority of the Talos API; a worker has no key
/// @param kubernetesCa authority of Kubernetes; a worker has no key
/// @param text the config itself
record NodeConfig(
        String cluster,
        String hostname,
        Role role,
        String talos,
        String kubernetes,
        URI endpoint,
        PemPair talosCa,
        PemPair kubernetesCa,
        String text) {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final String HOSTNAME_DOCUMENT = "HostnameConfig";

    /// Reads a complete machine config.
    ///
    /// @throws IllegalArgumentException when it is none
    static NodeConfig parse(String text) {
        List<JsonNode> documents = documents(text);
        JsonNode main =
                documents.stream()
                        .filter(d -> d.has("machine") && d.has("cluster"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("config not complete"));
        JsonNode machine = main.path("machine");
        JsonNode cluster = main.path("cluster");
        return new NodeConfig(
                text(cluster.path("id")),
                hostname(machine, documents),
                text(machine.path("type")).equals(Role.CONTROL_PLANE.talosType())
                        ? Role.CONTROL_PLANE
                        : Role.WORKER,
                tag(machine.path("install").path("image")),
                tag(machine.path("kubelet").path("image")),
                URI.create(text(cluster.path("controlPlane").path("endpoint"))),
                pair(machine.path("ca")),
                pair(cluster.path("ca")),
                text);
    }

    /// Whether it is a config that is not complete: documents only, no machine.
    static boolean isPartial(String text) {
        List<JsonNode> all = documents(text);
        return !all.isEmpty() && all.stream().allMatch(d -> d.has("kind") && d.has("apiVersion"));
    }

    /// With another release of Talos, after an upgrade.
    NodeConfig upgraded(String release) {
        return new NodeConfig(
                cluster,
                hostname,
                role,
                release,
                kubernetes,
                endpoint,
                talosCa,
                kubernetesCa,
                text);
    }

    private static List<JsonNode> documents(String text) {
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(text)) {
            return all.readAll();
        } catch (JacksonException e) {
            // The cause would quote the config.
            throw new IllegalArgumentException("not YAML");
        }
    }

    /// Up to 1.11 in the machine's network, from 1.12 on a document of its own.
    private static String hostname(JsonNode machine, List<JsonNode> documents) {
        return documents.stream()
                .filter(d -> d.path("kind").asString("").equals(HOSTNAME_DOCUMENT))
                .map(d -> d.path("hostname").asString(""))
                .filter(h -> !h.isEmpty())
                .findFirst()
                .orElse(machine.path("network").path("hostname").asString(""));
    }

    private static PemPair pair(JsonNode node) {
        return new PemPair(base64(text(node.path("crt"))), base64(node.path("key").asString("")));
    }

    private static String base64(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
    }

    private static String tag(JsonNode image) {
        String name = image.asString("");
        return name.substring(name.lastIndexOf(':') + 1);
    }

    private static String text(JsonNode node) {
        String text = node.asString("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("config not complete");
        }
        return text;
    }

    /// Nothing secret.
    @Override
    public String toString() {
        return "NodeConfig[" + hostname + ", " + role + "]";
    }
}
