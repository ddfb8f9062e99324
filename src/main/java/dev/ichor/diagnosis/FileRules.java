package dev.ichor.diagnosis;

import static dev.ichor.diagnosis.Rule.found;
import static dev.ichor.diagnosis.Rule.words;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Firmware;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names of boot files: those that firmware asks for here, and those that other servers name.
final class FileRules {
    private static final Pattern FOR_BIOS = Pattern.compile(".*\\.(k?kpxe|pxe|0|lkrn)(\\.0)?");
    private static final Pattern FOR_ARM = Pattern.compile(".*(arm64|aa64|aarch64).*\\.efi");

    /// Longer than a good machine needs from its address to the loader's first packet.
    private static final Duration TO_ASK = Duration.ofSeconds(8);

    private FileRules() {}

    /// The router's word beats ours with iPXE and many a ROM: it loads that file, and its firmware
    /// cannot start it. Our own TFTP server never hands out the wrong kind.
    static Optional<Finding> wrongFile(Trail t) {
        Optional<BootEvent.Heard> heard =
                t.last(BootEvent.Heard.class).filter(BootEvent.Heard::pxe);
        Optional<BootEvent.Leased> lease = t.last(BootEvent.Leased.class);
        if (heard.isEmpty()
                || lease.isEmpty()
                || !t.passed(lease.get().at(), TO_ASK)
                || t.last(FirmwareRules::isTransfer).isPresent()) {
            return Optional.empty();
        }
        Firmware own = heard.get().firmware();
        return t.servers().stream()
                .filter(s -> kind(s.bootFile()) != Firmware.UNKNOWN && kind(s.bootFile()) != own)
                .findFirst()
                .flatMap(s ->
                        found(
                                t,
                                Cause.WRONG_FILE,
                                lease.get().at(),
                                words(
                                        "It is told to load a file that its firmware cannot start.",
                                        s.server()
                                                + " names "
                                                + s.bootFile()
                                                + ", which is for "
                                                + kind(s.bootFile()).label()
                                                + "; the machine is "
                                                + own.label(),
                                        "Take the file out of the router's settings, or let it name"
                                                + " this PC and pxeboot: that fits both."),
                                Remedy.PROBE_ROUTER));
    }

    /// The firmware a file is for, by the usual names.
    private static Firmware kind(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (FOR_BIOS.matcher(name).matches()) {
            return Firmware.BIOS;
        }
        if (FOR_ARM.matcher(name).matches()) {
            return Firmware.UEFI_ARM64;
        }
        return name.endsWith(".efi") ? Firmware.UEFI_X64 : Firmware.UNKNOWN;
    }

    static Optional<Finding> fileAsked(Trail t) {
        return t.last(BootEvent.TransferFailed.class)
                .filter(f -> f.protocol().equals("TFTP") && isUnknown(f))
                .filter(f -> !t.after(f.at(), FirmwareRules::isTransfer))
                .flatMap(f -> f.file().contains("://") ? url(t, f.file(), f.at()) : unknown(t, f));
    }

    private static boolean isUnknown(BootEvent.TransferFailed f) {
        String r = f.reason().toLowerCase(java.util.Locale.ROOT);
        return f.file().contains("://")
                || r.contains("not there")
                || r.contains("no such")
                || r.contains("not found")
                || r.contains("nothing for it");
    }

    /// A URL that ends in `.ipxe` is answered with our script, which firmware cannot start.
    static Optional<Finding> urlServed(Trail t) {
        return t.last(BootEvent.TransferDone.class)
                .filter(d -> d.protocol().equals("TFTP") && d.file().contains("://"))
                .flatMap(d -> url(t, d.file(), d.at()));
    }

    private static Optional<Finding> url(Trail t, String file, Instant at) {
        return found(
                t,
                Cause.URL_IN_ROUTER,
                at,
                words(
                        "The router's boot file field holds a URL; firmware takes it for a file"
                                + " name.",
                        "TFTP asked for " + file,
                        "Write a plain file name there: pxeboot when the server is this PC."),
                Remedy.PROBE_ROUTER);
    }

    private static Optional<Finding> unknown(Trail t, BootEvent.TransferFailed f) {
        return found(
                t,
                Cause.UNKNOWN_FILE,
                f.at(),
                words(
                        "It asks for a file that is not here.",
                        "TFTP asked for " + f.file(),
                        "The name comes from the router. Write pxeboot into its boot file field."),
                Remedy.PROBE_ROUTER);
    }
}
