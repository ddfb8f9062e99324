package dev.ichor.cluster;

/// Where Talos' files come from. What machines boot and what they install themselves from are
/// always of the same image, or its extensions would be lost on installing.
public sealed interface Image {
    /// Talos as it is released: the release page's own files.
    record Release() implements Image {}

    /// Built by the Image Factory.
    record Factory(Schematic schematic) implements Image {}

    /// `release`, or the schematic's ID.
    default String id() {
        return switch (this) {
            case Release _ -> "release";
            case Factory f -> f.schematic().id();
        };
    }

    /// What Talos installs itself from. The Factory's image has another name before 1.10 (Image
    /// Factory, registry frontend).
    default String installer(TalosVersion talos) {
        return switch (this) {
            case Release _ -> "ghcr.io/siderolabs/installer:" + talos;
            case Factory f ->
                    "factory.talos.dev/"
                            + (talos.atLeast(1, 10) ? "metal-installer/" : "installer/")
                            + f.schematic().id()
                            + ":"
                            + talos;
        };
    }

    /// A folder name that no other image of this release has: `v1.13.9`, `v1.13.9-376567988ad3`.
    default String folder(TalosVersion talos) {
        return switch (this) {
            case Release _ -> talos.toString();
            case Factory f -> talos + "-" + f.schematic().id().substring(0, 12);
        };
    }
}
