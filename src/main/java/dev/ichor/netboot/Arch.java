package dev.ichor.netboot;

import dev.ichor.cluster.Firmware;
import dev.ichor.netboot.dhcp.DhcpPacket;

import java.util.stream.IntStream;

/// Processor architectures of option 93 (RFC 4578 section 2.1, IANA registry).
final class Arch {
    /// What [#of] says of a client that names none.
    static final int NONE = -1;

    private Arch() {}

    /// The first of a client's architectures that something runs on, else its first.
    static int of(DhcpPacket p) {
        int[] all = p.archs();
        return IntStream.of(all)
                .filter(a -> firmware(a) != Firmware.UNKNOWN)
                .findFirst()
                .orElse(all.length == 0 ? NONE : all[0]);
    }

    /// UNKNOWN for those nothing we have runs on.
    static Firmware firmware(int code) {
        return switch (code) {
            case NONE, 0 -> Firmware.BIOS;
            case 6, 15 -> Firmware.UEFI_X86;
            // 8 is Xscale by the list, but some x64 boards send it.
            case 7, 8, 9, 16 -> Firmware.UEFI_X64;
            case 10, 18 -> Firmware.UEFI_ARM32;
            case 11, 19 -> Firmware.UEFI_ARM64;
            default -> Firmware.UNKNOWN;
        };
    }
}
