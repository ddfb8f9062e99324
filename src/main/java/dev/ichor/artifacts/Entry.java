package dev.ichor.artifacts;

import dev.ichor.cluster.Arch;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Origin;
import dev.ichor.cluster.TalosVersion;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// What the cache remembers of one download; it outlives the files, so that a Factory image that
/// changes is noticed.
///
/// @param talos release
/// @param image `release` or a schematic ID
/// @param fetched when
record Entry(
        String talos,
        String image,
        Arch arch,
        Blob kernel,
        Blob initramfs,
        Origin origin,
        Instant fetched) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// The file it is remembered in.
    static String file(TalosVersion talos, Image image, Arch arch) {
        return talos + "-" + image.id() + "-" + arch + ".json";
    }

    String file() {
        return talos + "-" + image + "-" + arch + ".json";
    }

    String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("talos", talos).put("image", image).put("arch", arch.name());
        blob(root.putObject("kernel"), kernel);
        blob(root.putObject("initramfs"), initramfs);
        root.put("origin", origin.name()).put("fetched", fetched.toString());
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void blob(ObjectNode out, Blob blob) {
        out.put("sha256", blob.sha256()).put("bytes", blob.bytes());
    }

    /// Empty when it is damaged: then it is downloaded again.
    static Optional<Entry> read(String text) {
        try {
            JsonNode n = JSON.readTree(text);
            return Optional.of(
                    new Entry(
                            n.path("talos").asString(""),
                            n.path("image").asString(""),
                            Arch.valueOf(n.path("arch").asString("")),
                            blob(n.path("kernel")),
                            blob(n.path("initramfs")),
                            Origin.valueOf(n.path("origin").asString("")),
                            Instant.parse(n.path("fetched").asString(""))));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Blob blob(JsonNode n) {
        String sha256 = n.path("sha256").asString("");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no checksum");
        }
        return new Blob(sha256, n.path("bytes").asLong(0));
    }
}
