package dev.ichor.artifacts;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// What distributions call iPXE's builds, and what the program calls them.
final class Names {
    /// Best first: with the firmware's own network driver, then with iPXE's.
    private static final List<String> PREFERRED =
            List.of("undionly.kpxe", "snponly.efi", "ipxe.pxe", "ipxe.efi");

    /// Read for its version only; nothing boots it from the network.
    private static final String KERNEL_FORM = "ipxe.lkrn";

    /// Fedora: `ipxe-snponly-x86_64.efi`, `ipxe-x86_64.efi`.
    private static final Pattern FEDORA =
            Pattern.compile("ipxe-(snponly-)?(x86_64|i386|arm64|aarch64)\\.efi");

    /// Builds signed for Secure Boot refuse Talos' unsigned kernel.
    private static final String SIGNED = "-sb";

    private Names() {}

    static String usual(String fileName) {
        if (FEDORA.matcher(fileName).matches()) {
            return fileName.contains("snponly") ? "snponly.efi" : "ipxe.efi";
        }
        return fileName;
    }

    static boolean isWanted(Path relative) {
        String name = usual(relative.getFileName().toString());
        Path folder = relative.getParent();
        boolean signed = folder != null && folder.toString().endsWith(SIGNED);
        return !signed && (PREFERRED.contains(name) || name.equals(KERNEL_FORM));
    }

    static int rank(String usualName) {
        return PREFERRED.indexOf(usualName);
    }
}
