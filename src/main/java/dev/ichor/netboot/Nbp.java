package dev.ichor.netboot;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a client gets for the name it asks by TFTP: decided by the client, not by the name alone.
/// Pure.
final class Nbp {
    /// Where our HTTP server has the loaders, for UEFI HTTP boot.
    static final String HTTP_PATH = "/nbp/";

    /// The one name a router is given when it points at us.
    static final String ANY = "pxeboot";

    private static final Set<String> NAMES =
            Set.of(ANY, "pxelinux.0", "lpxelinux.0", "undionly.kpxe.0", "undionly.0");
    private static final List<String> ENDINGS = List.of(".kpxe", ".kkpxe", ".pxe", ".efi");

    /// What iPXE of every version asks for, in this order; no firmware does.
    private static final List<Map.Entry<String, String>> IPXE_OPTIONS =
            List.of(Map.entry("blksize", "1432"), Map.entry("tsize", "0"));

    private Nbp() {}

    /// What it gets.
    sealed interface Choice {
        /// The entry script.
        record Script() implements Choice {}

        /// A loader.
        record Loader(Loaders.Loader loader) implements Choice {}

        /// No loader for it is at hand.
        record NoLoader(Firmware firmware) implements Choice {}

        /// The file of that name.
        record File(String path) implements Choice {}
    }

    /// @param client what its DHCP packets told lately, or null
    static Choice choose(ReadRequest r, Clients.@Nullable Client client, LoaderChoice loaders) {
        String path = clean(r.name());
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.endsWith(".ipxe")) {
            return new Choice.Script();
        }
        if (!isLoader(name)) {
            return new Choice.File(path);
        }
        boolean ipxe = client != null ? client.ipxe() : isIpxe(r);
        if (ipxe) {
            return new Choice.Script();
        }
        Firmware firmware = client != null ? Arch.firmware(client.arch()) : firmware(r, name);
        Mac mac = client == null ? null : client.mac();
        Optional<Loaders.Loader> loader = loaders.of(mac, firmware);
        return loader.<Choice>map(Choice.Loader::new)
                .orElseGet(() -> new Choice.NoLoader(firmware));
    }

    /// Where our HTTP server has a loader: builds for several processors share one name.
    static String httpPath(Loaders.Loader loader) {
        String folder =
                switch (loader.firmware()) {
                    case UEFI_X86 -> "i386/";
                    case UEFI_ARM32 -> "arm32/";
                    case UEFI_ARM64 -> "arm64/";
                    case UEFI_X64, BIOS, UNKNOWN -> "";
                };
        return HTTP_PATH + folder + loader.name();
    }

    /// With forward slashes, without leading ones, and without the NUL, 0xFF and blanks that some
    /// routers and ROMs add.
    static String clean(String name) {
        return name.replace('\\', '/').replaceAll("[\\x00\\xff\\s]+$", "").replaceAll("^/+", "");
    }

    private static boolean isLoader(String name) {
        return NAMES.contains(name) || ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static boolean isIpxe(ReadRequest r) {
        return List.copyOf(r.options().entrySet()).equals(IPXE_OPTIONS);
    }

    private static Firmware firmware(ReadRequest r, String name) {
        boolean efi = r.options().containsKey("windowsize") || name.endsWith(".efi");
        return efi ? Firmware.UEFI_X64 : Firmware.BIOS;
    }
}
