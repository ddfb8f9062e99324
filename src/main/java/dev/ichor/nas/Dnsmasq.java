package dev.ichor.nas;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;

import java.util.LinkedHashMap;
import java.util.Map;

/// dnsmasq's settings on the NAS: ProxyDHCP beside a router that cannot be set, and TFTP.
final class Dnsmasq {
    /// What dnsmasq calls them (its manual, `--pxe-service`), and the folder below the TFTP root.
    private static final Map<String, Where> SERVICES = new LinkedHashMap<>();

    private record Where(Firmware firmware, String folder) {}

    static {
        SERVICES.put("x86PC", new Where(Firmware.BIOS, ""));
        SERVICES.put("IA32_EFI", new Where(Firmware.UEFI_X86, "i386/"));
        SERVICES.put("BC_EFI", new Where(Firmware.UEFI_X64, ""));
        SERVICES.put("X86-64_EFI", new Where(Firmware.UEFI_X64, ""));
        SERVICES.put("ARM64_EFI", new Where(Firmware.UEFI_ARM64, "arm64/"));
    }

    private Dnsmasq() {}

    /// @param proxy whether it answers DHCP; it never gives out addresses
    static String conf(NasBoot.Site site, boolean proxy, Loaders loaders) {
        StringBuilder c = new StringBuilder("# Written by Ichor. No DNS.\nport=0\n");
        c.append("listen-address=").append(site.nas()).append("\nbind-dynamic\n");
        if (proxy) {
            proxy(c, site, loaders);
        }
        if (!site.ownTftp()) {
            c.append("\n# The root is given on the command line.\nenable-tftp\n");
        }
        return c.toString();
    }

    private static void proxy(StringBuilder c, NasBoot.Site site, Loaders loaders) {
        c.append("log-dhcp\n\n# Answers beside the router and gives out no addresses.\n")
                .append("dhcp-range=")
                .append(site.lan().network())
                .append(",proxy\n\n# iPXE must not be given iPXE again, but the script.\n")
                .append("dhcp-match=set:ipxe,175\n")
                .append("dhcp-boot=tag:ipxe,start.ipxe,,")
                .append(site.nas())
                .append("\n\n");
        SERVICES.forEach((name, where) ->
                loaders.of(where.firmware())
                        .ifPresent(l ->
                                c.append("pxe-service=tag:!ipxe,")
                                        .append(name)
                                        .append(",\"Ichor\",")
                                        .append(where.folder())
                                        .append(l.name())
                                        .append(',')
                                        .append(site.nas())
                                        .append('\n')));
    }
}
