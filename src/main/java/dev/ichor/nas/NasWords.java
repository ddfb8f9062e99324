package dev.ichor.nas;

import dev.ichor.boot.Loaders.Loader;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;

/// Why a NAS cannot boot the machines.
final class NasWords {
    private NasWords() {}

    static ProblemException tooOld(Loader loader) {
        String version = loader.version().isEmpty() ? "of no known version" : loader.version();
        return new ProblemException(
                "The boot loader " + loader.name() + " is too old to start from the NAS by UEFI.",
                "It is iPXE "
                        + version
                        + "; only builds of 2022 and later read autoexec.ipxe, others load"
                        + " themselves for ever.",
                "Let Ichor download a newer one in step 4, or choose the mode in which the NAS"
                        + " answers beside the router.");
    }

    static ProblemException missing(BootMode mode, Firmware firmware) {
        boolean biosRoute = mode == BootMode.ROUTER_TO_NAS && firmware == Firmware.BIOS;
        return new ProblemException(
                "A boot loader for " + firmware.label() + " machines is missing.",
                biosRoute
                        ? "The NAS needs lpxelinux.0, ldlinux.c32 and ipxe.lkrn for them."
                        : "The NAS has to hand one out.",
                biosRoute
                        ? "Install them (Debian and Ubuntu: sudo apt install ipxe pxelinux"
                                + " syslinux-common; Fedora: sudo dnf install ipxe-bootimgs-x86"
                                + " syslinux-tftpboot)."
                        : "Let Ichor download them in step 4, or install your system's iPXE"
                                + " package.");
    }

    static ProblemException isDhcpServer(Ip4 nas) {
        return new ProblemException(
                "The NAS "
                        + nas
                        + " cannot answer beside the router: it is the DHCP server itself.",
                "Its own DHCP service holds port 67, which the answering container would need.",
                "Choose the mode in which the router points at the NAS, and fill in the boot file"
                        + " in the NAS's own DHCP service (Synology: DHCP Server, PXE).");
    }

    static ProblemException elsewhere(Ip4 nas, Subnet lan) {
        return new ProblemException(
                "The NAS " + nas + " is not in the machines' network " + lan + ".",
                "Their first question is a broadcast, which it cannot hear there.",
                "Give the NAS an address in that network, or let the router point at it.");
    }
}
