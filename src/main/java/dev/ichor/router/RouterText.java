package dev.ichor.router;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;

import java.util.List;
import java.util.Set;

/// What the owner has to enter in the router, by boot mode.
public final class RouterText {
    private static final String NOTHING =
            "Enter nothing in the router, and remove any network boot entry it has.";

    /// The one file that our TFTP server gives every machine, each its own.
    public static final String PC_FILE = "pxeboot";

    private RouterText() {}

    /// The one file that all these machines can boot from the NAS.
    ///
    /// @throws ProblemException when one file cannot serve them all
    public static String nasFile(Set<Firmware> firmware) throws ProblemException {
        if (firmware.equals(Set.of(Firmware.BIOS))) {
            return "lpxelinux.0";
        }
        if (firmware.equals(Set.of(Firmware.UEFI_X64))) {
            return "snponly.efi";
        }
        throw new ProblemException(
                "The router can name one boot file only, and the machines need several.",
                "They are of several kinds, or their kind is not known yet.",
                "Let the NAS answer beside the router, or take machines of one kind.");
    }

    /// Plain sentences, in the order of doing.
    ///
    /// @param pc this PC's address
    /// @param nas the NAS's address; only named where it boots the machines
    /// @param firmware of the machines, as far as known
    public static List<String> of(BootMode mode, Ip4 pc, Ip4 nas, Set<Firmware> firmware) {
        return switch (mode) {
            case PROXY -> List.of(NOTHING, "This PC answers beside it while the machines boot.");
            case UEFI_HTTP ->
                    List.of(
                            NOTHING,
                            "In each machine's firmware, put UEFI HTTP boot (IPv4) first.");
            case OWN_DHCP ->
                    List.of(
                            "Take the machines' cable or switch out of the house's network: no"
                                    + " router may be on it.",
                            "This PC gives out the addresses there.");
            case NAS_PROXY -> List.of(NOTHING, "The NAS answers beside it.");
            case ROUTER_TO_PC -> fields(pc, PC_FILE, "for every machine");
            case ROUTER_TO_NAS -> nas(nas, firmware);
        };
    }

    private static List<String> nas(Ip4 nas, Set<Firmware> firmware) {
        if (firmware.equals(Set.of(Firmware.BIOS))) {
            return fields(nas, "lpxelinux.0", "for BIOS");
        }
        if (firmware.equals(Set.of(Firmware.UEFI_X64))) {
            return fields(nas, "snponly.efi", "for UEFI");
        }
        return List.of(
                "In the router's network boot fields, enter the boot server " + nas + ",",
                "and by kind of machine the boot file lpxelinux.0 (BIOS, architecture 0),"
                        + " snponly.efi (UEFI, 7 and 9), i386/snponly.efi (UEFI 32 bit, 6) or the"
                        + " file in arm64/ (UEFI ARM, 11).",
                "A router that takes one file for all (UniFi) serves one kind only: for a mix,"
                        + " let the NAS answer beside the router instead.");
    }

    private static List<String> fields(Ip4 server, String file, String whom) {
        return List.of(
                "In the router's network boot fields (UniFi: Network Boot), enter the boot server "
                        + server
                        + " and the boot file "
                        + file
                        + " "
                        + whom
                        + ".",
                "Do not use the custom DHCP options 66 and 67: many machines then ask the router"
                        + " itself for the file.");
    }
}
