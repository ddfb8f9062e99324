package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;

import java.util.stream.Collectors;

/// An event in the owner's words, for the log and the last line of a row.
final class EventText {
    private static final double MILLIS = 1000;

    private EventText() {}

    /// One line without time and machine; empty when it is not worth one.
    static String of(BootEvent event) {
        return switch (event) {
            case BootEvent.Heard e -> heard(e);
            case BootEvent.Offered e -> text("event.offered", e.file());
            case BootEvent.LoaderChanged e -> text("event.loaderChanged", e.from(), e.to());
            case BootEvent.Leased e -> text("event.leased", e.ip());
            case BootEvent.OtherServer e ->
                    e.bootFile().isEmpty()
                            ? text("event.router", e.server())
                            : text("event.other", e.server(), e.bootFile());
            case BootEvent.Inspected e ->
                    text("event.inspected", e.hardware().model(), e.hardware().memoryMiB());
            case BootEvent.WakeSent _ -> text("event.wake");
            case BootEvent.TransferStarted _, BootEvent.TransferProgress _ -> "";
            case BootEvent.TransferDone e -> done(e);
            case BootEvent.TransferFailed e ->
                    text("event.failed", e.protocol(), e.file(), e.reason());
            case BootEvent.WaitingForApproval _ -> text("event.waiting");
            case BootEvent.ConfigAsked _ -> text("event.asked");
            case BootEvent.Approved _ -> text("event.approved");
            case BootEvent.ConfigServed _ -> text("event.served");
            case BootEvent.PartServed _ -> text("event.part");
            case BootEvent.ConfigRefused e -> text("event.refused", e.ip(), e.reason());
            case BootEvent.ScriptGiven e -> text("event.script." + e.script());
            case BootEvent.Held e -> text("event.held", e.ip(), e.reason());
            case BootEvent.Installed _ -> text("event.installed");
            case BootEvent.ActionChanged e -> text("event.action." + e.action(), e.state());
            case BootEvent.NodeSaid e -> e.line();
            case BootEvent.Maintenance e -> text("event.maintenance", e.ip(), e.fingerprint());
            case BootEvent.ForeignCluster e -> text("event.foreign", e.ip());
            case BootEvent.DisksSeen e ->
                    text(
                            "event.disks",
                            e.disks().stream()
                                    .map(Object::toString)
                                    .collect(Collectors.joining(" · ")));
            case BootEvent.ConfigPushed e -> text("event.pushed", e.ip());
            case BootEvent.NodeTrouble e -> Words.said(e.what());
            case BootEvent.ApiAnswered e -> text("event.api", e.talosVersion());
            case BootEvent.NodeService e -> text("event.service", e.service(), e.state());
            case BootEvent.Bootstrapped _ -> text("event.bootstrapped");
            case BootEvent.KubernetesNode e ->
                    text(e.ready() ? "event.ready" : "event.notready", e.name());
            case BootEvent.ServiceUp e -> text("event.up", e.service(), e.address());
            case BootEvent.ServiceDown e -> text("event.down", e.service(), e.reason());
            case BootEvent.GateChanged e -> text(e.armed() ? "event.armed" : "event.disarmed");
            case BootEvent.Stray e -> text("event.stray", e.from(), e.what());
        };
    }

    private static String heard(BootEvent.Heard e) {
        if (!e.pxe()) {
            return text("event.heard");
        }
        return e.ipxe() ? text("event.heard.ipxe") : text("event.heard.pxe", e.firmware().label());
    }

    private static String done(BootEvent.TransferDone e) {
        return text(
                "event.done",
                e.protocol(),
                e.file(),
                Figures.bytes(e.bytes()),
                String.format(Words.locale(), "%.1f", e.millis() / MILLIS));
    }
}
