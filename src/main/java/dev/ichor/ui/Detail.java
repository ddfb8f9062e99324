package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One line about one machine, told in full where the log tells it in short.
///
/// @param at when it was seen
/// @param kind what it is about
/// @param words without time and machine
record Detail(Instant at, Kind kind, String words) {
    private static final double MILLIS = 1000;

    /// What a line is about.
    enum Kind {
        /// DHCP and magic packets, and what was answered.
        PACKET,
        /// What it fetched.
        FILE,
        /// Its config: asked for, approved, handed out, refused.
        CONFIG,
        /// What it says itself: kernel log, Talos, Kubernetes.
        NODE
    }

    /// Empty where an event is not worth a line.
    static Optional<Detail> of(BootEvent event) {
        String words = words(event);
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new Detail(event.at(), kind(event), words));
    }

    private static String words(BootEvent event) {
        return switch (event) {
            case BootEvent.Heard e ->
                    text(
                            e.uuid().isEmpty() ? "detail.heard" : "detail.heard.uuid",
                            EventText.of(e),
                            String.format("%08x", e.xid()),
                            e.uuid());
            case BootEvent.TransferStarted e ->
                    text("detail.started", e.protocol(), e.file(), Figures.bytes(e.bytes()));
            case BootEvent.TransferDone e ->
                    e.millis() <= 0
                            ? EventText.of(e)
                            : EventText.of(e)
                                    + " · "
                                    + Figures.rate(e.bytes() * MILLIS / e.millis());
            default -> EventText.of(event);
        };
    }

    private static Kind kind(BootEvent event) {
        return switch (event) {
            case BootEvent.TransferStarted _,
                    BootEvent.TransferProgress _,
                    BootEvent.TransferDone _,
                    BootEvent.TransferFailed _ ->
                    Kind.FILE;
            case BootEvent.WaitingForApproval _,
                    BootEvent.ConfigAsked _,
                    BootEvent.Approved _,
                    BootEvent.ConfigServed _,
                    BootEvent.PartServed _,
                    BootEvent.ConfigRefused _,
                    BootEvent.ConfigPushed _,
                    BootEvent.Held _,
                    BootEvent.Maintenance _,
                    BootEvent.ForeignCluster _,
                    BootEvent.DisksSeen _ ->
                    Kind.CONFIG;
            case BootEvent.NodeSaid _,
                    BootEvent.NodeTrouble _,
                    BootEvent.NodeService _,
                    BootEvent.ApiAnswered _,
                    BootEvent.Bootstrapped _,
                    BootEvent.KubernetesNode _,
                    BootEvent.Installed _,
                    BootEvent.ActionChanged _,
                    BootEvent.Inspected _ ->
                    Kind.NODE;
            case BootEvent.Heard _,
                    BootEvent.Offered _,
                    BootEvent.Leased _,
                    BootEvent.LoaderChanged _,
                    BootEvent.ScriptGiven _,
                    BootEvent.WakeSent _,
                    BootEvent.OtherServer _,
                    BootEvent.ServiceUp _,
                    BootEvent.ServiceDown _,
                    BootEvent.GateChanged _,
                    BootEvent.Stray _ ->
                    Kind.PACKET;
        };
    }

    /// `19.5 s`, `2:05`.
    static String seconds(Duration d) {
        return d.toMinutes() > 0
                ? Figures.clock(d)
                : String.format(Words.locale(), "%.1f s", d.toMillis() / MILLIS);
    }
}
