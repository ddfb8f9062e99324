package dev.ichor.artifacts;

import dev.ichor.cluster.Image;
import dev.ichor.cluster.TalosVersion;

import java.net.URI;

/// Where Talos comes from.
///
/// @param releases a folder for each release: `RELEASES/v1.13.9/vmlinuz-amd64`
/// @param list the release list, as GitHub's REST API gives it
/// @param factory the Image Factory
/// @param known checksums that need no further proof
public record Upstream(URI releases, URI list, URI factory, Known known) {
    /// Talos' own places.
    public static Upstream official() {
        return new Upstream(
                URI.create("https://github.com/siderolabs/talos/releases/download"),
                URI.create("https://api.github.com/repos/siderolabs/talos/releases?per_page=100"),
                URI.create("https://factory.talos.dev"),
                ShippedSums::sha256);
    }

    /// Where one of an image's files is, once the Factory has built it.
    ///
    /// @param name as `vmlinuz-amd64`, whatever it is called there
    public String file(Image image, TalosVersion talos, String name) {
        return switch (image) {
            case Image.Release _ -> releases + "/" + talos + "/" + name;
            case Image.Factory f ->
                    String.join(
                            "/",
                            factory.toString(),
                            "image",
                            f.schematic().id(),
                            talos.toString(),
                            name.replaceFirst("^vmlinuz", "kernel"));
        };
    }
}
