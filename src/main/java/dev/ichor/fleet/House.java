package dev.ichor.fleet;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What stands in the home besides the PC and the thin clients.
///
/// @param router leases addresses
/// @param nas takes files by SFTP
/// @param nasFolder what the NAS shows as its root
/// @param mirror pretended Talos release page
/// @param loaders stand-ins for iPXE
record House(PretendRouter router, PretendNas nas, Path nasFolder, Mirror mirror, Loaders loaders) {
    private static final int PASSWORD_BYTES = 12;

    /// Version of the stand-in loaders; the EFI build of iPXE 2.0.0 asks for `autoexec.ipxe`
    /// (measured with snponly.efi 2.0.0).
    private static final String IPXE = "2.0.0";

    // About the sizes of the real loaders.
    private static final int UNDIONLY_SIZE = 108_000;
    private static final int SNPONLY_SIZE = 296_000;

    // For a few machines: enough to see a bar move.
    private static final int KERNEL_SIZE = 3_000_000;
    private static final int INITRAMFS_SIZE = 9_000_000;

    // For a crowd: about 2 MB in all, each more than the boot server searches for secrets.
    private static final int SMALL_KERNEL_SIZE = 1_100_000;
    private static final int SMALL_INITRAMFS_SIZE = 1_100_000;

    /// Opens everything; what was opened is noted in `closing`, also when this fails.
    static House open(Block block, List<Hardware> drawer, Lan lan, boolean crowd, Closing closing)
            throws IOException {
        Path temp = closing.add(TempFolder.create()).path();
        Map<Mac, dev.ichor.cluster.Ip4> reserved =
                drawer.stream().collect(Collectors.toMap(Hardware::mac, Hardware::ip));
        Path nasFolder = Files.createDirectory(temp.resolve("nas"));
        return new House(
                closing.add(
                        PretendRouter.start(
                                block,
                                lan.wire().dhcpServer(),
                                reserved,
                                routerFiles(drawer, lan))),
                closing.add(PretendNas.start(block.nas(), nasFolder, password(lan.random()))),
                nasFolder,
                closing.add(
                        Mirror.start(
                                block.mirror(),
                                crowd ? SMALL_KERNEL_SIZE : KERNEL_SIZE,
                                crowd ? SMALL_INITRAMFS_SIZE : INITRAMFS_SIZE)),
                loaders(Files.createDirectory(temp.resolve("loaders"))));
    }

    /// A router names nothing to boot, unless its owner once filled in a field.
    private static Function<Mac, String> routerFiles(List<Hardware> drawer, Lan lan) {
        Set<Mac> good =
                drawer.stream()
                        .filter(h -> !lan.plays(h, Mishap.ROUTER_FILE))
                        .map(Hardware::mac)
                        .collect(Collectors.toSet());
        boolean set = lan.playsAnywhere(Mishap.ROUTER_FILE);
        return mac -> set && !good.contains(mac) ? "boot/snponly.efi" : "";
    }

    private static Loaders loaders(Path folder) throws IOException {
        return new Loaders(
                List.of(
                        loader(folder, Firmware.BIOS, "undionly.kpxe", UNDIONLY_SIZE),
                        loader(folder, Firmware.UEFI_X64, "snponly.efi", SNPONLY_SIZE)));
    }

    private static Loaders.Loader loader(Path folder, Firmware firmware, String name, int size)
            throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, StandIn.loader(name, firmware != Firmware.BIOS, IPXE, size));
        return new Loaders.Loader(firmware, name, file, IPXE);
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
