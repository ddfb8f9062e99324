package dev.ichor.diagnosis;

import static dev.ichor.diagnosis.Rule.found;
import static dev.ichor.diagnosis.Rule.words;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Hardware;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// From power-on to the request for a loader: DHCP, the offer, the address.
final class FirmwareRules {
    private static final Duration UNHEARD = Duration.ofMinutes(3);
    private static final Duration WAKING = Duration.ofSeconds(90);
    private static final int REPEATS = 3;
    private static final int WORKER_MIB = 850;

    static final List<Rule> ALL =
            List.of(
                    FirmwareRules::oldProcessor,
                    FirmwareRules::littleMemory,
                    FirmwareRules::notWoken,
                    FirmwareRules::silent,
                    FirmwareRules::offerRefused,
                    FileRules::wrongFile,
                    FirmwareRules::noLoaderAsked,
                    FileRules::fileAsked,
                    FileRules::urlServed,
                    FirmwareRules::wrongFirmware,
                    FirmwareRules::portBlocked);

    private FirmwareRules() {}

    private static Optional<Finding> oldProcessor(Trail t) {
        return t.last(BootEvent.Inspected.class)
                .filter(i -> i.hardware().cpu() == Hardware.Cpu.V1)
                .flatMap(i ->
                        found(
                                t,
                                Cause.OLD_PROCESSOR,
                                i.at(),
                                words(
                                        "Its processor is too old for Talos.",
                                        "x86-64-v1, told by iPXE",
                                        "Take another machine; no setting helps."),
                                Remedy.NONE));
    }

    private static Optional<Finding> littleMemory(Trail t) {
        return t.last(BootEvent.Inspected.class)
                .filter(i -> i.hardware().memoryMiB() > 0 && i.hardware().memoryMiB() < WORKER_MIB)
                .flatMap(i ->
                        found(
                                t,
                                Cause.LITTLE_MEMORY,
                                i.at(),
                                words(
                                        "It has too little memory for Talos.",
                                        i.hardware().memoryMiB() + " MiB, told by iPXE",
                                        "Talos needs 1 GiB for a worker and 2 GiB for a control"
                                                + " plane."),
                                Remedy.NONE));
    }

    private static Optional<Finding> notWoken(Trail t) {
        return t.last(BootEvent.WakeSent.class)
                .filter(w -> t.quietSince(w.at(), WAKING))
                .flatMap(w ->
                        found(
                                t,
                                Cause.NOT_WOKEN,
                                w.at(),
                                words(
                                        "It was woken and did not answer.",
                                        "magic packet sent, nothing heard since",
                                        "Press its power button. For the next time, switch Wake on"
                                                + " LAN on in its setup (F2), and ErP or deep sleep"
                                                + " off."),
                                Remedy.WAKE));
    }

    private static Optional<Finding> silent(Trail t) {
        boolean nothing = t.events().stream().allMatch(e -> e instanceof BootEvent.Approved);
        return nothing && t.passed(t.begun(), UNHEARD)
                ? found(
                        t,
                        Cause.SILENT,
                        t.begun(),
                        words(
                                "Nothing was heard of it yet.",
                                "no DHCP packet since this server began",
                                "Switch it on. If it is on: press F12 and choose network boot,"
                                        + " check its cable, and that it is on this network and"
                                        + " not on another VLAN. If other machines are heard, its"
                                        + " switch port may wait (spanning tree): set it to edge"
                                        + " port."),
                        Remedy.WAKE)
                : Optional.empty();
    }

    private static Optional<Finding> offerRefused(Trail t) {
        Instant answered =
                t.last(e -> e instanceof BootEvent.Leased || isTransfer(e))
                        .map(BootEvent::at)
                        .orElse(Instant.MIN);
        List<BootEvent.Heard> asked =
                t.all(BootEvent.Heard.class)
                        .filter(h -> h.pxe() && h.at().isAfter(answered))
                        .toList();
        boolean offered = t.after(answered, e -> e instanceof BootEvent.Offered);
        return offered
                        && asked.size() >= REPEATS
                        && t.passed(asked.getFirst().at(), t.limit(Silence.ADDRESS))
                ? found(
                        t,
                        Cause.OFFER_REFUSED,
                        asked.getFirst().at(),
                        words(
                                "Its firmware takes neither our offer nor an address.",
                                asked.size() + " DISCOVERs, no REQUEST",
                                "Check that the router gives it an address and that DHCP guarding"
                                        + " trusts this PC. Some firmware refuses two offers: let"
                                        + " the router name this PC instead (mode B)."),
                        Remedy.PROBE_ROUTER)
                : Optional.empty();
    }

    private static Optional<Finding> noLoaderAsked(Trail t) {
        Optional<BootEvent.Leased> lease = t.last(BootEvent.Leased.class);
        boolean firmware =
                t.last(BootEvent.Heard.class).filter(h -> h.pxe() && !h.ipxe()).isPresent();
        return lease.isPresent()
                        && firmware
                        && t.quietSince(lease.get().at(), t.limit(Silence.LOADER))
                        && !asksFurther(t, lease.get())
                ? found(
                        t,
                        Cause.NO_LOADER_ASKED,
                        lease.get().at(),
                        words(
                                "It has an address and fetches no boot loader from here.",
                                "REQUEST for " + lease.get().ip() + ", then nothing",
                                "The router probably names another boot server, or UDP 4011 and 69"
                                        + " are blocked by this PC's firewall."),
                        Remedy.PROBE_ROUTER)
                : Optional.empty();
    }

    /// From its third DISCOVER on, the offer sends firmware on to port 4011 (netboot.Proxy).
    private static boolean asksFurther(Trail t, BootEvent.Leased lease) {
        return t.last(BootEvent.Heard.class)
                .filter(h -> h.pxe() && !h.ipxe())
                .filter(h ->
                        t.all(BootEvent.Heard.class)
                                        .filter(e -> e.xid() == h.xid())
                                        .filter(e -> e.at().isBefore(lease.at()))
                                        .count()
                                >= REPEATS)
                .isPresent();
    }

    private static Optional<Finding> portBlocked(Trail t) {
        return t.last(BootEvent.Leased.class)
                .filter(l -> t.quietSince(l.at(), t.limit(Silence.LOADER)) && asksFurther(t, l))
                .flatMap(l ->
                        found(
                                t,
                                Cause.PORT_4011,
                                l.at(),
                                words(
                                        "It has an address, and its question for a boot loader does"
                                                + " not arrive here.",
                                        "REQUEST for " + l.ip() + ", then nothing on UDP 4011",
                                        "Let this program through the firewall of this PC: UDP 4011"
                                                + " and 69, private and public network."),
                                Remedy.NONE));
    }

    private static Optional<Finding> wrongFirmware(Trail t) {
        return t.last(BootEvent.Heard.class)
                .filter(h -> h.pxe() && h.firmware() == Firmware.UEFI_X86)
                .flatMap(h ->
                        found(
                                t,
                                Cause.WRONG_FIRMWARE,
                                h.at(),
                                words(
                                        "Its firmware is a 32-bit UEFI, and Talos is 64 bit.",
                                        "architecture of option 93 in its DHCP",
                                        "Switch its setup to BIOS (legacy, CSM) boot; without such"
                                                + " a setting, take another machine."),
                                Remedy.NONE));
    }

    static boolean isTransfer(BootEvent e) {
        return e instanceof BootEvent.TransferStarted
                || e instanceof BootEvent.TransferDone
                || e instanceof BootEvent.TransferProgress;
    }
}
