package dev.ichor.diagnosis;

import static dev.ichor.diagnosis.Rule.found;
import static dev.ichor.diagnosis.Rule.words;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// From iPXE's first request to a working node: files, config, installation.
final class TalosRules {
    private static final Duration ON_BIOS = Duration.ofSeconds(92);
    private static final Duration TO_NETWORK = Duration.ofSeconds(62);
    private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(60);

    static final List<Rule> ALL =
            List.of(
                    TalosRules::fileMissing,
                    TalosRules::downloadCut,
                    TalosRules::microarchitecture,
                    TalosRules::noConfigAsked,
                    TalosRules::noNetwork,
                    TalosRules::configRejected,
                    TalosRules::clock,
                    TalosRules::imagePull,
                    TalosRules::halted);

    private TalosRules() {}

    private static Optional<Finding> fileMissing(Trail t) {
        return big(t).filter(f -> f.reason().contains("nothing for it"))
                .flatMap(f ->
                        found(
                                t,
                                Cause.FILE_MISSING,
                                f.at(),
                                words(
                                        "A file it boots from is missing here.",
                                        f.file() + ": 404",
                                        "Download Talos again (step 4), then start the server"
                                                + " again."),
                                Remedy.NONE));
    }

    private static Optional<Finding> downloadCut(Trail t) {
        return big(t).filter(f -> f.reason().contains("connection ended"))
                .flatMap(f ->
                        found(
                                t,
                                Cause.DOWNLOAD_CUT,
                                f.at(),
                                words(
                                        "It broke off while it loaded Talos.",
                                        f.file() + ": " + f.reason(),
                                        "Check its cable and its memory: Talos needs 1 GiB. Then"
                                                + " switch it off and on."),
                                Remedy.WAKE));
    }

    /// A kernel or initramfs that failed and was not fetched since.
    private static Optional<BootEvent.TransferFailed> big(Trail t) {
        return t.last(BootEvent.TransferFailed.class)
                .filter(f -> f.kind() == Payload.KERNEL || f.kind() == Payload.INITRAMFS)
                .filter(f -> !t.after(f.at(), e -> Trail.done(e, f.kind())));
    }

    private static Optional<Finding> microarchitecture(Trail t) {
        return line(
                t,
                "microarchitecture level",
                Cause.OLD_PROCESSOR,
                "Its processor is too old for Talos.",
                "Take another machine; in a virtual machine choose the processor type host.");
    }

    private static Optional<Finding> noConfigAsked(Trail t) {
        return t.got(Payload.INITRAMFS)
                .filter(d ->
                        t.quietSince(
                                d.at(),
                                bios(t) ? t.limit(Silence.TALOS, ON_BIOS) : t.limit(Silence.TALOS)))
                .flatMap(d ->
                        found(
                                t,
                                Cause.NO_CONFIG_ASKED,
                                d.at(),
                                words(
                                        "It has Talos and does not speak.",
                                        "kernel and initramfs in full, then nothing",
                                        bios(t)
                                                ? "Look at its screen. A black one: switch its"
                                                        + " setup to UEFI, and check its memory. A"
                                                        + " text about the network: Talos has no"
                                                        + " driver for its card, or got no address."
                                                : "Look at its screen. A text about the network:"
                                                      + " Talos has no driver for its card, or got"
                                                      + " no address."),
                                Remedy.NONE));
    }

    private static Optional<Finding> noNetwork(Trail t) {
        return t.all(BootEvent.NodeSaid.class)
                .findFirst()
                .filter(s -> t.passed(s.at(), TO_NETWORK))
                .filter(s ->
                        !t.after(
                                t.got(Payload.INITRAMFS).map(BootEvent::at).orElse(s.at()),
                                TalosRules::isFurther))
                .flatMap(s ->
                        found(
                                t,
                                Cause.NO_CONFIG_ASKED,
                                s.at(),
                                words(
                                        "Talos runs and does not ask for its config.",
                                        "kernel log for a minute, no request: "
                                                + t.last(BootEvent.NodeSaid.class).orElse(s).line(),
                                        "Its network card that talks here is not the one Talos asks"
                                                + " on: plug in one cable only, and start this PC's"
                                                + " server anew if its address has changed."),
                                Remedy.NONE));
    }

    private static boolean isFurther(BootEvent e) {
        return switch (e) {
            case BootEvent.ConfigAsked _,
                    BootEvent.ConfigServed _,
                    BootEvent.PartServed _,
                    BootEvent.ConfigPushed _,
                    BootEvent.ConfigRefused _,
                    BootEvent.WaitingForApproval _,
                    BootEvent.Maintenance _,
                    BootEvent.Held _,
                    BootEvent.ApiAnswered _ ->
                    true;
            case BootEvent.NodeSaid s -> s.stage() != null;
            default -> false;
        };
    }

    private static boolean bios(Trail t) {
        return t.last(BootEvent.Heard.class).filter(h -> h.firmware() == Firmware.BIOS).isPresent();
    }

    private static Optional<Finding> configRejected(Trail t) {
        return t.said(
                        "(config|configuration).*(invalid|validation|failed to (parse|load|decode))"
                                + "|unknown keys found|static hostname is already set")
                .findFirst()
                .flatMap(s ->
                        found(
                                t,
                                Cause.CONFIG_REJECTED,
                                s.at(),
                                words(
                                        "Talos does not accept its config.",
                                        s.line(),
                                        "The config must be made for the Talos that is served:"
                                                + " choose the release in step 4 and configure"
                                                + " again."),
                                Remedy.CONFIGURE_AGAIN));
    }

    private static Optional<Finding> clock(Trail t) {
        return t.said(
                        "time query error|time is not in sync|certificate has expired or is not yet"
                                + " valid|\\bNTS\\b.*(error|fail)")
                .findFirst()
                .filter(s ->
                        t.passed(s.at(), CLOCK_PATIENCE) && !t.has(BootEvent.ApiAnswered.class))
                .flatMap(s ->
                        found(
                                t,
                                Cause.CLOCK,
                                s.at(),
                                words(
                                        "Its clock is wrong, and no time server answers it.",
                                        s.line(),
                                        "Set the router's address as time server (step 5). An old"
                                                + " machine may need a new CMOS battery."),
                                Remedy.CONFIGURE_AGAIN));
    }

    private static Optional<Finding> imagePull(Trail t) {
        return t.said(
                        "(failed|error).*(pull|image)|x509:|lookup .*(no such host|i/o timeout)"
                                + "|dial tcp.*(ghcr|gcr|registry|factory)")
                .findFirst()
                .filter(s -> !t.after(s.at(), e -> e instanceof BootEvent.ApiAnswered))
                .flatMap(s ->
                        found(
                                t,
                                Cause.IMAGE_PULL,
                                s.at(),
                                words(
                                        pullCause(s.line()),
                                        s.line(),
                                        "The machine needs the internet to install: check the"
                                                + " router's DNS and whether a filter or proxy"
                                                + " stands between, or set a registry mirror."),
                                Remedy.NONE));
    }

    private static String pullCause(String line) {
        if (line.contains("x509")) {
            return "It does not trust the certificate of the image registry.";
        }
        return line.contains("lookup")
                ? "It cannot find the image registry by name (DNS)."
                : "It cannot fetch an image it needs.";
    }

    private static Optional<Finding> halted(Trail t) {
        return line(
                t,
                "already installed.*halt|halt_if_installed",
                Cause.HALTED,
                "Talos stops: its disk holds an installation already.",
                "Let this machine boot from the network at every power-on, or wipe it.");
    }

    private static Optional<Finding> line(
            Trail t, String pattern, Cause cause, String what, String advice) {
        return t.said(pattern)
                .findFirst()
                .flatMap(s -> found(t, cause, s.at(), words(what, s.line(), advice), Remedy.NONE));
    }
}
