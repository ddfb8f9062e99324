package dev.ichor.boot;

import dev.ichor.cluster.Firmware;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The stock boot loaders at hand.
///
/// @param all at most one for each firmware and name
/// @param parts what a TFTP server that decides nothing needs for BIOS, by name: `lpxelinux.0`
///   loads `ldlinux.c32`, and that starts `ipxe.lkrn`
public record Loaders(List<Loader> all, Map<String, Path> parts) {
    /// iPXE's version: `2.0.0`, or with the day of the source, `1.21.1+git20250501.dad20602`.
    private static final Pattern VERSION =
            Pattern.compile("(\\d+)\\.\\d+\\.\\d+(?:\\+git-?(\\d{4})\\d{4})?.*");

    /// One loader.
    ///
    /// @param firmware what can run it
    /// @param name its usual name, for instance `undionly.kpxe` or `snponly.efi`
    /// @param path where it lies on this PC
    /// @param version iPXE's version as found in it, for instance `1.21.1+git20250501`, or empty
    public record Loader(Firmware firmware, String name, Path path, String version) {
        /// Whether a UEFI build runs `autoexec.ipxe` from the server it came from: those of 2022
        /// and later do (iPXE, src/interface/efi). The tag 1.21.1 itself is of 2020.
        public boolean readsAutoexec() {
            Matcher m = VERSION.matcher(version);
            return m.matches()
                    && (Integer.parseInt(m.group(1)) >= 2
                            || m.group(2) != null && Integer.parseInt(m.group(2)) >= 2022);
        }
    }

    /// Copies list and map.
    public Loaders {
        all = List.copyOf(all);
        parts = Map.copyOf(parts);
    }

    /// Without the parts.
    public Loaders(List<Loader> all) {
        this(all, Map.of());
    }

    /// The preferred loader for a firmware: the first one listed.
    public Optional<Loader> of(Firmware firmware) {
        return all.stream().filter(l -> l.firmware() == firmware).findFirst();
    }
}
