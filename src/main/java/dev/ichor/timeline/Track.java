package dev.ichor.timeline;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Mac;
import dev.ichor.timeline.Timeline.Lane;
import dev.ichor.timeline.Timeline.Mark;
import dev.ichor.timeline.Timeline.Span;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One machine's spans while its events are read.
final class Track {
    private final Mac mac;
    private final List<Span> spans = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private FleetProgress fleet;
    private boolean fetched;
    private boolean owner;
    private Kind kind = Kind.FIRMWARE;
    private Instant since = Instant.MIN;

    Track(Mac mac) {
        this.mac = mac;
        this.fleet = FleetProgress.of(List.of(mac), Instant.EPOCH);
    }

    void hear(BootEvent event) {
        int before = progress().boots();
        fleet = fleet.after(List.of(event));
        if (!booted()) {
            return;
        }
        // Told late: the line of time never turns back.
        Instant at = event.at().isBefore(since) ? since : event.at();
        if (progress().boots() > before) {
            fetched = false;
            owner = false;
        }
        note(event);
        Kind now = owner ? Kind.OWNER : Kind.of(progress().stage(), fetched);
        if (since.equals(Instant.MIN)) {
            since = at;
        } else if (now != kind) {
            end(at);
        }
        kind = now;
        mark(event).ifPresent(m -> marks.add(new Mark(at, m.bad(), m.what())));
    }

    /// Whether it was seen starting.
    boolean booted() {
        return progress().boots() > 0;
    }

    Lane lane(String name, Instant now) {
        end(now.isBefore(since) ? since : now);
        return new Lane(name, spans, marks);
    }

    private void end(Instant at) {
        if (at.isAfter(since) || kind == Kind.READY) {
            spans.add(new Span(kind, since, at));
        }
        since = at;
    }

    private void note(BootEvent event) {
        switch (event) {
            case BootEvent.WaitingForApproval _, BootEvent.Held _, BootEvent.DisksSeen _ ->
                    owner = true;
            case BootEvent.Approved _,
                    BootEvent.ScriptGiven _,
                    BootEvent.ConfigPushed _,
                    BootEvent.ConfigServed _ ->
                    owner = false;
            case BootEvent.TransferDone e when e.kind() == Payload.INITRAMFS -> fetched = true;
            default -> {}
        }
    }

    private static Optional<Mark> mark(BootEvent event) {
        return switch (event) {
            case BootEvent.TransferFailed e -> bad(e, e.file() + ": " + e.reason());
            case BootEvent.ConfigRefused e -> bad(e, e.reason());
            case BootEvent.Held e -> bad(e, e.reason());
            case BootEvent.NodeTrouble e -> bad(e, e.what());
            case BootEvent.LoaderChanged e -> bad(e, e.from() + " → " + e.to());
            case BootEvent.Bootstrapped e -> Optional.of(new Mark(e.at(), false, "etcd"));
            default -> Optional.empty();
        };
    }

    private static Optional<Mark> bad(BootEvent event, String what) {
        return Optional.of(new Mark(event.at(), true, what));
    }

    private MachineProgress progress() {
        return Objects.requireNonNull(fleet.machines().get(mac));
    }
}
