package dev.ichor.fleet;

import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How a boot program behaves on the wire, as captured from the real ones: SeaBIOS, OVMF and iPXE
/// 2.0.0.
enum Persona {
    BIOS_ROM("PXEClient:Arch:00000:UNDI:002001", Arch.BIOS, 0x0201, false),
    BIOS_IPXE("PXEClient:Arch:00000:UNDI:002001", Arch.BIOS, 0x0201, true),
    UEFI_32_PXE("PXEClient:Arch:00006:UNDI:003000", Arch.UEFI_32, 0x0300, false),
    UEFI_PXE("PXEClient:Arch:00007:UNDI:003000", Arch.UEFI, 0x0300, false),
    UEFI_IPXE("PXEClient:Arch:00007:UNDI:003010", Arch.UEFI, 0x030a, true);

    /// Values of option 93 (RFC 4578 section 2.1).
    private static final class Arch {
        static final int BIOS = 0;
        static final int UEFI_32 = 6;
        static final int UEFI = 7;
    }

    private static final byte UNDI = 1;
    private static final byte[] WANTED = {1, 3, 6, 12, 15, 17, 43, 54, 60, 66, 67, (byte) 175};

    /// iPXE's suboption 235: three octets, the version (2.0.0).
    private static final byte[] IPXE_VERSION = {(byte) 0xeb, 3, 2, 0, 0};

    private final String vendorClass;
    private final int arch;
    private final int undiVersion;
    private final boolean ipxe;

    Persona(String vendorClass, int arch, int undiVersion, boolean ipxe) {
        this.vendorClass = vendorClass;
        this.arch = arch;
        this.undiVersion = undiVersion;
        this.ipxe = ipxe;
    }

    static Persona firmware(Hardware h) {
        return switch (h.firmware()) {
            case BIOS -> BIOS_ROM;
            case UEFI_X86 -> UEFI_32_PXE;
            default -> UEFI_PXE;
        };
    }

    static Persona ipxe(Hardware h) {
        return h.uefi() ? UEFI_IPXE : BIOS_IPXE;
    }

    /// Collects offers for a fixed time and lets the proxy win; the others leave as soon as they
    /// have both and let the lease win.
    boolean patient() {
        return this == UEFI_PXE || this == UEFI_32_PXE;
    }

    boolean isIpxe() {
        return ipxe;
    }

    /// A packet with the options this program always sends.
    DhcpBuilder packet(MessageType type, int xid, Hardware h) {
        DhcpBuilder b =
                DhcpBuilder.request(type, xid, h.mac().bytes())
                        .flags(this == BIOS_ROM ? 0 : DhcpPacket.BROADCAST)
                        .option(DhcpOption.PARAMETER_LIST, WANTED)
                        .option(DhcpOption.VENDOR_CLASS, vendorClass)
                        .arch(arch)
                        .option(
                                DhcpOption.NETWORK_INTERFACE,
                                UNDI,
                                (byte) (undiVersion >> 8),
                                (byte) undiVersion)
                        .uuid(h.uuid().toString());
        return ipxe
                ? b.option(DhcpOption.USER_CLASS, "iPXE").option(DhcpOption.IPXE, IPXE_VERSION)
                : b;
    }

    /// What it asks of a TFTP server (measured with the same four), in this order.
    SequencedMap<String, String> tftpOptions() {
        SequencedMap<String, String> options = new LinkedHashMap<>();
        switch (this) {
            case BIOS_ROM -> options.put("blksize", "1456");
            case BIOS_IPXE, UEFI_IPXE -> {
                options.put("blksize", "1432");
                options.put("tsize", "0");
            }
            case UEFI_32_PXE, UEFI_PXE -> {
                options.put("blksize", "1468");
                options.put("windowsize", "4");
            }
        }
        return options;
    }
}
