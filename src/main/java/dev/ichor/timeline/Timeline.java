package dev.ichor.timeline;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who did what when, and who waited for what, since the boot server was started last.
///
/// @param from where the picture begins: the first packet of the first machine
/// @param to where it ends: all machines Ready, or now
/// @param lanes one a machine, in the order of the plan, then as first heard
public record Timeline(Instant from, Instant to, List<Lane> lanes) {
    /// Copies the list.
    public Timeline {
        lanes = List.copyOf(lanes);
    }

    /// One machine's way.
    ///
    /// @param name its host name, or its MAC
    /// @param spans in order, without gaps
    /// @param marks single moments worth a look
    public record Lane(String name, List<Span> spans, List<Mark> marks) {
        /// Copies the lists.
        public Lane {
            spans = List.copyOf(spans);
            marks = List.copyOf(marks);
        }

        /// From its first packet until it was Ready for good, or until the end.
        Duration took() {
            return spans.isEmpty()
                    ? Duration.ZERO
                    : Duration.between(spans.getFirst().from(), settled());
        }

        /// How long it waited for its owner.
        Duration waited() {
            return spans.stream()
                    .filter(s -> s.kind() == Kind.OWNER)
                    .map(Span::took)
                    .reduce(Duration.ZERO, Duration::plus);
        }

        boolean ready() {
            return !spans.isEmpty() && spans.getLast().kind() == Kind.READY;
        }

        Instant settled() {
            return ready() ? spans.getLast().from() : spans.getLast().to();
        }
    }

    /// A time in which a machine did one thing.
    ///
    /// @param kind what it did
    /// @param from when it began
    /// @param to when it ended
    public record Span(Kind kind, Instant from, Instant to) {
        Duration took() {
            return Duration.between(from, to);
        }
    }

    /// A moment.
    ///
    /// @param at when
    /// @param bad whether something went wrong
    /// @param what in words
    public record Mark(Instant at, boolean bad, String what) {}

    /// Reads the events of a log.
    ///
    /// @param names host names of the machines of the plan
    /// @param now until when those that are not Ready have waited
    public static Timeline of(List<BootEvent> events, Map<Mac, String> names, Instant now) {
        Map<Mac, Track> tracks = new LinkedHashMap<>();
        names.keySet().forEach(m -> tracks.put(m, new Track(m)));
        for (BootEvent e : events) {
            if (e instanceof BootEvent.ServiceUp up && up.service().equals("http")) {
                tracks.replaceAll((m, t) -> new Track(m));
            }
            if (e.mac() != null) {
                tracks.computeIfAbsent(e.mac(), Track::new).hear(e);
            }
        }
        List<Lane> lanes = new ArrayList<>();
        tracks.forEach((mac, track) -> {
            if (track.booted()) {
                lanes.add(track.lane(names.getOrDefault(mac, mac.toString()), now));
            }
        });
        return spanning(lanes, now);
    }

    private static Timeline spanning(List<Lane> lanes, Instant now) {
        Instant from =
                lanes.stream()
                        .map(l -> l.spans().getFirst().from())
                        .min(Instant::compareTo)
                        .orElse(now);
        Instant to = lanes.stream().map(Lane::settled).max(Instant::compareTo).orElse(now);
        return new Timeline(from, to, lanes);
    }
}
