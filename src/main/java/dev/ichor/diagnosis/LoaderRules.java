package dev.ichor.diagnosis;

import static dev.ichor.diagnosis.Rule.found;
import static dev.ichor.diagnosis.Rule.words;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// From the boot loader to iPXE's script: the loader's way over TFTP, its start, its network, and
/// the disk that a script sends the machine to.
final class LoaderRules {

    /// Our TFTP server gives a silent client up within this, unless it asks for more (RFC 2349).
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);

    static final Duration LOOP = Duration.ofMinutes(2);

    /// iPXE asks within 5 s of its start; a port in spanning tree's listening and learning passes
    /// nothing for 30 s (IEEE 802.1D section 8.10.2).
    private static final Duration PORT_CLOSED = Duration.ofSeconds(25);

    private static final Duration DISK = Duration.ofMinutes(10);

    static final List<Rule> ALL =
            List.of(
                    LoaderRules::tftpBlocked,
                    LoaderRules::secureBoot,
                    LoopRules::loop,
                    LoopRules::loopElsewhere,
                    LoaderRules::loaderDead,
                    LoaderRules::spanningTree,
                    LoaderRules::noHttp,
                    LoaderRules::diskDead);

    private LoaderRules() {}

    /// The last acknowledgement may get lost on the way of a machine that has everything: then it
    /// has begun, and iPXE shows soon.
    private static Optional<Finding> tftpBlocked(Trail t) {
        return t.last(BootEvent.TransferFailed.class)
                .filter(f ->
                        f.protocol().equals("TFTP") && f.reason().contains("stopped answering"))
                .filter(f -> t.got(Payload.LOADER).filter(d -> d.at().isAfter(f.at())).isEmpty())
                .filter(f -> !t.after(f.at().minus(GIVEN_UP), LoaderRules::isStarted))
                .filter(f -> !hasBegun(t, f) || t.quietSince(f.at(), t.limit(Silence.START)))
                .flatMap(f ->
                        found(
                                t,
                                Cause.TFTP_BLOCKED,
                                f.at(),
                                words(
                                        "Our TFTP answers do not reach it.",
                                        f.file()
                                                + (hasBegun(t, f)
                                                        ? ": begun, and broken off"
                                                        : ": asked for, answered, never"
                                                                + " acknowledged"),
                                        "Let this program through the firewall of this PC for all"
                                                + " UDP ports, private and public network."),
                                Remedy.NONE));
    }

    private static boolean hasBegun(Trail t, BootEvent.TransferFailed f) {
        return t.all(BootEvent.TransferStarted.class)
                .anyMatch(s -> s.file().equals(f.file()) && s.at().isBefore(f.at()));
    }

    private static Optional<Finding> loaderDead(Trail t) {
        return t.got(Payload.LOADER)
                .filter(d -> t.quietSince(d.at(), t.limit(Silence.START)))
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
                        && !t.after(ipxe.get().at(), LoaderRules::isHttp)
                        && t.passed(ipxe.get().at(), t.limit(Silence.HTTP))
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

    private static Optional<Finding> secureBoot(Trail t) {
        return refused(t)
                ? t.got(Payload.LOADER)
                        .flatMap(d ->
                                found(
                                        t,
                                        Cause.SECURE_BOOT,
                                        d.at(),
                                        words(
                                                "Its firmware refuses the boot loader: Secure Boot"
                                                        + " is on.",
                                                d.file() + " fetched in full twice, never started",
                                                "Switch Secure Boot off in its setup (F2); the"
                                                        + " loader is not signed by Microsoft."),
                                        Remedy.NONE))
                : Optional.empty();
    }

    /// UEFI that fetched a loader, showed no sign of it, and fetched one once more.
    static boolean refused(Trail t) {
        boolean uefi =
                t.last(BootEvent.Heard.class)
                        .filter(h -> h.firmware() == Firmware.UEFI_X64)
                        .isPresent();
        List<BootEvent.TransferDone> loads =
                t.all(BootEvent.TransferDone.class)
                        .filter(d -> d.kind() == Payload.LOADER)
                        .toList();
        return uefi
                && loads.size() >= 2
                && !t.after(loads.getFirst().at(), LoaderRules::isStarted)
                && loads.getLast().at().isBefore(loads.getFirst().at().plus(LOOP));
    }

    /// UEFI fetches its loader by HTTP itself.
    private static boolean isLoader(BootEvent e) {
        return e instanceof BootEvent.TransferStarted s && s.kind() == Payload.LOADER
                || e instanceof BootEvent.TransferFailed f && f.kind() == Payload.LOADER
                || Trail.done(e, Payload.LOADER);
    }

    /// Whether iPXE runs: it speaks DHCP itself, or fetches a script.
    private static boolean isStarted(BootEvent e) {
        return isHttp(e) && !isLoader(e)
                || e instanceof BootEvent.Heard h && h.ipxe()
                || e instanceof BootEvent.TransferStarted s && s.kind() == Payload.SCRIPT
                || Trail.done(e, Payload.SCRIPT);
    }

    private static Optional<Finding> spanningTree(Trail t) {
        Optional<BootEvent.TransferDone> loader = t.got(Payload.LOADER);
        Optional<BootEvent.Heard> ipxe =
                t.all(BootEvent.Heard.class)
                        .filter(BootEvent.Heard::ipxe)
                        .filter(h -> loader.filter(d -> h.at().isAfter(d.at())).isPresent())
                        .findFirst();
        return ipxe.filter(h ->
                        !h.at().isBefore(
                                        loader.orElseThrow()
                                                .at()
                                                .plus(t.limit(Silence.START, PORT_CLOSED))))
                .filter(h -> !t.after(h.at(), LoaderRules::isHttp))
                .flatMap(h ->
                        found(
                                t,
                                Cause.SPANNING_TREE,
                                h.at(),
                                words(
                                        "Its switch port lets nothing through for half a minute"
                                                + " after each start.",
                                        "first packet of iPXE "
                                                + Duration.between(
                                                                loader.orElseThrow().at(), h.at())
                                                        .toSeconds()
                                                + " s after the loader",
                                        "Set the switch port to edge port (portfast, RSTP);"
                                                + " spanning tree makes it wait."),
                                Remedy.NONE));
    }

    private static Optional<Finding> diskDead(Trail t) {
        List<BootEvent.ScriptGiven> sent =
                t.all(BootEvent.ScriptGiven.class)
                        .filter(s -> s.script().equals("disk"))
                        .filter(s -> s.at().isAfter(t.now().minus(DISK)))
                        .toList();
        return sent.size() >= 2 && t.after(sent.getLast().at(), LoaderRules::isFirmware)
                ? found(
                        t,
                        Cause.DISK_DEAD,
                        sent.getFirst().at(),
                        words(
                                "It was sent to its disk and comes back to the network.",
                                "told to boot from disk " + sent.size() + " times in 10 minutes",
                                "Its firmware cannot start the disk: let it boot from the network"
                                        + " at every power-on, or check its boot order."),
                        Remedy.ALWAYS_NETBOOT)
                : Optional.empty();
    }

    private static boolean isFirmware(BootEvent e) {
        return e instanceof BootEvent.Heard h && h.pxe() && !h.ipxe();
    }

    static boolean isHttp(BootEvent e) {
        return switch (e) {
            case BootEvent.TransferStarted s -> s.protocol().equals("HTTP");
            case BootEvent.TransferDone d -> d.protocol().equals("HTTP");
            case BootEvent.TransferFailed f -> f.protocol().equals("HTTP");
            case BootEvent.WaitingForApproval _, BootEvent.ScriptGiven _ -> true;
            default -> false;
        };
    }
}
