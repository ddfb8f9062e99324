package dev.ichor.diagnosis;

import static dev.ichor.diagnosis.Rule.found;
import static dev.ichor.diagnosis.Rule.words;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Hardware;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// From power-on to a running iPXE: DHCP, the offer, the loader. The limits are those of captures
/// of SeaBIOS, OVMF and iPXE: firmware repeats its DISCOVER after 4, 12 and 28 s, and asks for its
/// loader within 20 s of its REQUEST.
final class FirmwareRules {
    private static final Duration UNHEARD = Duration.ofMinutes(3);
    private static final Duration WAKING = Duration.ofSeconds(90);
    private static final Duration REPEATING = Duration.ofSeconds(20);
    private static final Duration TO_LOADER = Duration.ofSeconds(22);
    private static final Duration TO_START = Duration.ofSeconds(17);
    private static final Duration TO_HTTP = Duration.ofSeconds(62);
    private static final Duration LOOP = Duration.ofMinutes(2);
    private static final int REPEATS = 3;
    private static final int WORKER_MIB = 850;

    static final List<Rule> ALL =
            List.of(
                    FirmwareRules::oldProcessor,
                    FirmwareRules::littleMemory,
                    FirmwareRules::notWoken,
                    FirmwareRules::silent,
                    FirmwareRules::offerRefused,
                    FirmwareRules::noLoaderAsked,
                    FirmwareRules::fileAsked,
                    FirmwareRules::tftpBlocked,
                    FirmwareRules::loop,
                    FirmwareRules::loaderDead,
                    FirmwareRules::noHttp);

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
        Optional<BootEvent.Heard> last = t.last(BootEvent.Heard.class).filter(h -> h.pxe());
        if (last.isEmpty() || !t.has(BootEvent.Offered.class)) {
            return Optional.empty();
        }
        List<BootEvent.Heard> same =
                t.all(BootEvent.Heard.class).filter(h -> h.xid() == last.get().xid()).toList();
        Instant first = same.getFirst().at();
        boolean answered = t.after(first, e -> e instanceof BootEvent.Leased || isTransfer(e));
        return same.size() >= REPEATS && t.passed(first, REPEATING) && !answered
                ? found(
                        t,
                        Cause.OFFER_REFUSED,
                        first,
                        words(
                                "Its firmware takes neither our offer nor an address.",
                                same.size() + " DISCOVERs of one transaction, no REQUEST",
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
        return lease.isPresent() && firmware && t.quietSince(lease.get().at(), TO_LOADER)
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

    private static Optional<Finding> fileAsked(Trail t) {
        return t.last(BootEvent.TransferFailed.class)
                .filter(f -> f.protocol().equals("TFTP") && isUnknown(f))
                .filter(f -> !t.after(f.at(), FirmwareRules::isTransfer))
                .flatMap(f -> f.file().contains("://") ? url(t, f) : unknown(t, f));
    }

    private static boolean isUnknown(BootEvent.TransferFailed f) {
        String r = f.reason().toLowerCase(java.util.Locale.ROOT);
        return f.file().contains("://")
                || r.contains("not there")
                || r.contains("no such")
                || r.contains("not found")
                || r.contains("nothing for it");
    }

    private static Optional<Finding> url(Trail t, BootEvent.TransferFailed f) {
        return found(
                t,
                Cause.URL_IN_ROUTER,
                f.at(),
                words(
                        "The router's boot file field holds a URL; firmware takes it for a file"
                                + " name.",
                        "TFTP asked for " + f.file(),
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

    private static Optional<Finding> tftpBlocked(Trail t) {
        return t.last(BootEvent.TransferFailed.class)
                .filter(f ->
                        f.protocol().equals("TFTP") && f.reason().contains("stopped answering"))
                .filter(f -> t.got(Payload.LOADER).filter(d -> d.at().isAfter(f.at())).isEmpty())
                .flatMap(f ->
                        found(
                                t,
                                Cause.TFTP_BLOCKED,
                                f.at(),
                                words(
                                        "Our TFTP answers do not reach it.",
                                        f.file() + ": asked for, answered, never acknowledged",
                                        "Let this program through the firewall of this PC for all"
                                                + " UDP ports, private and public network."),
                                Remedy.NONE));
    }

    private static Optional<Finding> loop(Trail t) {
        List<BootEvent.TransferDone> loads =
                t.all(BootEvent.TransferDone.class)
                        .filter(d -> d.kind() == Payload.LOADER)
                        .filter(d -> d.at().isAfter(t.now().minus(LOOP)))
                        .toList();
        boolean further =
                !loads.isEmpty()
                        && t.after(loads.getFirst().at(), e -> Trail.done(e, Payload.KERNEL));
        return loads.size() >= REPEATS && !further
                ? found(
                        t,
                        Cause.LOADER_LOOP,
                        loads.getFirst().at(),
                        words(
                                "It loads the boot loader again and again.",
                                loads.size()
                                        + " times "
                                        + loads.getFirst().file()
                                        + " in 2 minutes",
                                "iPXE obeys the router's boot file and gets itself. Take the file"
                                        + " out of the router, or name this PC and pxeboot there."),
                        Remedy.PROBE_ROUTER)
                : Optional.empty();
    }

    private static Optional<Finding> loaderDead(Trail t) {
        return t.got(Payload.LOADER)
                .filter(d -> t.quietSince(d.at(), TO_START))
                .flatMap(d ->
                        found(
                                t,
                                Cause.LOADER_DEAD,
                                d.at(),
                                words(
                                        "It has the boot loader and does not start it.",
                                        d.file() + ", " + d.bytes() + " bytes, then nothing",
                                        "Switch Secure Boot off in its setup. If it is off, its"
                                                + " network card hangs in iPXE: try the other"
                                                + " loader."),
                                Remedy.OTHER_LOADER));
    }

    private static Optional<Finding> noHttp(Trail t) {
        Optional<BootEvent.Heard> ipxe =
                t.last(BootEvent.Heard.class).filter(BootEvent.Heard::ipxe);
        return ipxe.isPresent()
                        && !t.after(ipxe.get().at(), FirmwareRules::isHttp)
                        && t.passed(ipxe.get().at(), TO_HTTP)
                ? found(
                        t,
                        Cause.NO_HTTP,
                        ipxe.get().at(),
                        words(
                                "iPXE runs and fetches nothing from here.",
                                "its DHCP was heard, no HTTP request followed",
                                "TCP 8080 may be blocked by this PC's firewall, or its switch port"
                                        + " waits 30 s after each start (spanning tree): set it to"
                                        + " edge port. Else try the other loader."),
                        Remedy.OTHER_LOADER)
                : Optional.empty();
    }

    private static boolean isHttp(BootEvent e) {
        return switch (e) {
            case BootEvent.TransferStarted s -> s.protocol().equals("HTTP");
            case BootEvent.TransferDone d -> d.protocol().equals("HTTP");
            case BootEvent.TransferFailed f -> f.protocol().equals("HTTP");
            case BootEvent.WaitingForApproval _, BootEvent.ScriptGiven _ -> true;
            default -> false;
        };
    }

    private static boolean isTransfer(BootEvent e) {
        return e instanceof BootEvent.TransferStarted
                || e instanceof BootEvent.TransferDone
                || e instanceof BootEvent.TransferProgress;
    }
}
