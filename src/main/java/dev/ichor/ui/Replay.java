package dev.ichor.ui;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// A saved log that happens once more, as far as it is wound. Knows no toolkit and no clock but its
/// own.
final class Replay {
    private final List<BootEvent> events;
    private final BootLog log = new BootLog();
    private int told;
    private Instant now;

    /// @param events at least one
    Replay(List<BootEvent> events) {
        this.events = events.stream().sorted(Comparator.comparing(BootEvent::at)).toList();
        this.now = from();
    }

    /// What has happened so far.
    BootLog log() {
        return log;
    }

    /// The moment it is wound to.
    Instant now() {
        return now;
    }

    /// Once more from the beginning.
    Replay rewound() {
        return new Replay(events);
    }

    /// Winds on; what is over stays.
    void windTo(Instant to) {
        while (told < events.size() && !events.get(told).at().isAfter(to)) {
            log.append(events.get(told++));
        }
        now = to.isAfter(now) ? to : now;
    }

    Instant from() {
        return events.getFirst().at();
    }

    Duration length() {
        return Duration.between(from(), events.getLast().at());
    }
}
