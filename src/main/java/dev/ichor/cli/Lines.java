package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// How progress reads in a terminal.
final class Lines {
    private Lines() {}

    /// ` 3.4 s worker-1 4c:52:62:08:a3:cf KERNEL vmlinuz-amd64`.
    static String stage(Node n, MachineProgress m, Instant start, Instant now) {
        return String.format(
                        Locale.ROOT,
                        "%6.1f s  %-12s %s  %-12s %s",
                        seconds(start, now),
                        n.hostname(),
                        n.mac(),
                        m.stage(),
                        m.stage().compareTo(Stage.CONFIG) < 0 ? m.file() : "")
                .stripTrailing();
    }

    /// ` 3.4 s KERNEL 12 · READY 30`.
    static String summary(FleetProgress p, Instant start, Instant now) {
        StringJoiner counts = new StringJoiner(" · ");
        for (Stage s : Stage.values()) {
            if (p.count(s) > 0) {
                counts.add(s + " " + p.count(s));
            }
        }
        return String.format(Locale.ROOT, "%6.1f s  %s", seconds(start, now), counts);
    }

    /// What an event says, or nothing when it is only noise.
    static Optional<String> event(BootEvent event) {
        String words =
                switch (event) {
                    case BootEvent.Heard e ->
                            e.pxe()
                                    ? "asks for a network boot ("
                                            + (e.ipxe() ? "iPXE" : e.firmware().label())
                                            + ")"
                                    : "";
                    case BootEvent.Inspected e -> "is " + hardware(e.hardware());
                    case BootEvent.WakeSent _ -> "was sent a magic packet";
                    case BootEvent.Offered e -> "was offered " + e.file();
                    case BootEvent.LoaderChanged e ->
                            "did not get beyond "
                                    + e.from()
                                    + "; from now on it is handed "
                                    + e.to()
                                    + " (if that fails too: is Secure Boot off?)";
                    case BootEvent.Leased e -> "has the address " + e.ip();
                    case BootEvent.OtherServer e ->
                            "another DHCP server, "
                                    + e.server()
                                    + ", names "
                                    + (e.bootFile().isEmpty() ? "nothing to boot" : e.bootFile());
                    case BootEvent.TransferStarted _, BootEvent.TransferProgress _ -> "";
                    case BootEvent.TransferDone e -> got(e);
                    case BootEvent.TransferFailed e ->
                            "did not get " + e.file() + ": " + e.reason();
                    case BootEvent.WaitingForApproval _ -> "waits for your approval";
                    case BootEvent.ConfigAsked _ -> "asks for its config";
                    case BootEvent.Approved _ -> "is approved";
                    case BootEvent.ConfigServed _ -> "got its config";
                    case BootEvent.PartServed _ -> "was told to wait for its config";
                    case BootEvent.ConfigRefused e -> "was refused a config: " + e.reason();
                    case BootEvent.ScriptGiven e -> script(e.script());
                    case BootEvent.Held e -> "is held (" + e.ip() + "): " + e.reason();
                    case BootEvent.Installed _ -> "is installed";
                    case BootEvent.ActionChanged e -> e.action() + ": " + e.state();
                    case BootEvent.NodeSaid e -> e.line();
                    case BootEvent.Maintenance _,
                            BootEvent.ForeignCluster _,
                            BootEvent.DisksSeen _,
                            BootEvent.ConfigPushed _,
                            BootEvent.NodeTrouble _,
                            BootEvent.ApiAnswered _,
                            BootEvent.NodeService _,
                            BootEvent.Bootstrapped _,
                            BootEvent.KubernetesNode _ ->
                            node(event);
                    case BootEvent.ServiceUp e -> e.service() + " listens on " + e.address();
                    case BootEvent.ServiceDown e -> e.service() + " does not work: " + e.reason();
                    case BootEvent.GateChanged e ->
                            e.armed() ? "configs may leave" : "no config leaves";
                    case BootEvent.Stray e ->
                            "a packet of " + e.from() + " made no sense: " + e.what();
                };
        String who = event.mac() == null ? "" : event.mac() + " ";
        return words.isEmpty() ? Optional.empty() : Optional.of(event.at() + "  " + who + words);
    }

    private static String hardware(Hardware h) {
        List<String> parts = new ArrayList<>();
        if (!h.model().isEmpty()) {
            parts.add(h.model());
        }
        if (h.cpu() != Hardware.Cpu.UNKNOWN) {
            parts.add("x86-64-" + h.cpu().name().toLowerCase(Locale.ROOT));
        }
        if (h.memoryMiB() > 0) {
            parts.add(h.memoryMiB() + " MiB");
        }
        return parts.isEmpty()
                ? "a machine that tells nothing of itself"
                : String.join(", ", parts);
    }

    private static String got(BootEvent.TransferDone e) {
        return "got %s by %s, %d bytes in %d ms"
                .formatted(e.file(), e.protocol(), e.bytes(), e.millis());
    }

    private static String script(String kind) {
        return switch (kind) {
            case "disk" -> "is told to boot from its disk";
            case "wipe" -> "is told to wipe its disk";
            default -> "is told to boot Talos";
        };
    }

    /// What was learned over the node's own API.
    private static String node(BootEvent event) {
        return switch (event) {
            case BootEvent.Maintenance e ->
                    "waits for its config at " + e.ip() + ", fingerprint " + e.fingerprint();
            case BootEvent.ForeignCluster e ->
                    "belongs to another cluster (" + e.ip() + "); wipe it and start over";
            case BootEvent.DisksSeen e ->
                    "has these disks, choose one: "
                            + e.disks().stream()
                                    .map(Disk::toString)
                                    .collect(Collectors.joining("; "));
            case BootEvent.ConfigPushed e -> "was given its config at " + e.ip();
            case BootEvent.NodeTrouble e -> "needs you: " + e.what();
            case BootEvent.ApiAnswered e -> "runs Talos " + e.talosVersion();
            case BootEvent.NodeService e -> e.service() + " is " + e.state();
            case BootEvent.Bootstrapped _ -> "was bootstrapped";
            case BootEvent.KubernetesNode e ->
                    e.name() + (e.ready() ? " is Ready" : " is not Ready yet");
            default -> "";
        };
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
