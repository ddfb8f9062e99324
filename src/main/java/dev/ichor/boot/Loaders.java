package dev.ichor.boot;

import dev.ichor.cluster.Firmware;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The stock boot loaders at hand.
///
/// @param all at most one for each firmware and name
public record Loaders(List<Loader> all) {
    /// One loader.
    ///
    /// @param firmware what can run it
    /// @param name its usual name, for instance `undionly.kpxe` or `snponly.efi`
    /// @param path where it lies on this PC
    /// @param version iPXE's version as found in it, for instance `1.21.1+git20250501`, or empty
    public record Loader(Firmware firmware, String name, Path path, String version) {}

    /// Copies the list.
    public Loaders {
        all = List.copyOf(all);
    }

    /// The preferred loader for a firmware: the first one listed.
    public Optional<Loader> of(Firmware firmware) {
        return all.stream().filter(l -> l.firmware() == firmware).findFirst();
    }
}
