package dev.ichor.artifacts;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What distributions call the boot loaders, and what the program calls them.
final class Names {
    /// Best first: with the firmware's own network driver, then with iPXE's.
    private static final List<String> PREFERRED =
            List.of("undionly.kpxe", "snponly.efi", "ipxe.pxe", "ipxe.efi");

    /// Nothing boots these by itself from the network; a TFTP server that decides nothing needs
    /// them for BIOS.
    private static final Set<String> PARTS = Set.of("ipxe.lkrn", "lpxelinux.0", "ldlinux.c32");

    /// Fedora: `ipxe-snponly-x86_64.efi`, `ipxe-x86_64.efi`; Debian: `ipxe-amd64.efi`.
    private static final Pattern LONG =
            Pattern.compile("ipxe-(snponly-)?(x86_64|amd64|i386|arm64|aarch64)\\.efi");

    /// Builds signed for Secure Boot refuse Talos' unsigned kernel.
    private static final String SIGNED = "-sb";

    private Names() {}

    static String usual(String fileName) {
        if (LONG.matcher(fileName).matches()) {
            return fileName.contains("snponly") ? "snponly.efi" : "ipxe.efi";
        }
        return fileName;
    }

    static boolean isWanted(Path relative) {
        String name = usual(relative.getFileName().toString());
        Path folder = relative.getParent();
        boolean signed = folder != null && folder.toString().endsWith(SIGNED);
        return !signed && (PREFERRED.contains(name) || isPart(name));
    }

    static boolean isPart(String usualName) {
        return PARTS.contains(usualName);
    }

    static int rank(String usualName) {
        return PREFERRED.indexOf(usualName);
    }
}
