package dev.ichor.ui;

import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Doctor;
import dev.ichor.diagnosis.Finding;
import dev.ichor.diagnosis.Patience;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// The doctor's rounds: what keeps machines from booting, found off the screen's thread while our
/// servers run. Asks are cheap; one look at a time goes on.
final class Rounds {
    /// What a look found.
    ///
    /// @param everywhere about this PC and the network
    /// @param machines the cause of each machine that has one
    record Found(List<Finding> everywhere, Map<Mac, Finding> machines) {
        static final Found NOTHING = new Found(List.of(), Map.of());
    }

    /// The screen learns a little late that the servers run: what they said before counts, too.
    private static final Duration STARTING = Duration.ofSeconds(5);

    private final Mailbox mailbox;
    private final InstantSource clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Found found = Found.NOTHING;
    private final Supplier<Map<Mac, Patience>> learnt;
    private Doctor doctor = new Doctor();
    private @Nullable Instant since;

    /// @param learnt what slow machines taught before
    Rounds(BootLog log, InstantSource clock, Supplier<Map<Mac, Patience>> learnt) {
        mailbox = new Mailbox(log);
        this.learnt = learnt;
        this.clock = clock;
    }

    /// What the last look found.
    Found found() {
        return found;
    }

    /// Begins another look, unless one goes on.
    ///
    /// @param serving since when our servers run, or null: then nothing is wrong with machines that
    ///   nobody answers
    void look(Set<Mac> plan, @Nullable Instant serving) {
        if (looking.compareAndSet(false, true)) {
            Set<Mac> machines = Set.copyOf(plan);
            Thread.ofVirtual()
                    .name("doctor")
                    .start(() -> {
                        try {
                            found = examine(machines, serving);
                        } finally {
                            looking.set(false);
                        }
                    });
        }
    }

    private Found examine(Set<Mac> plan, @Nullable Instant serving) {
        if (serving == null) {
            since = null;
            return Found.NOTHING;
        }
        if (!serving.equals(since)) {
            since = serving;
            doctor = new Doctor(learnt.get());
        }
        Instant from = serving.minus(STARTING);
        doctor.hear(mailbox.drain().stream().filter(e -> e.at().isAfter(from)).toList());
        List<Finding> everywhere = new ArrayList<>();
        Map<Mac, Finding> machines = new HashMap<>();
        for (Finding f : doctor.findings(plan, clock.instant())) {
            if (f.mac() == null) {
                everywhere.add(f);
            } else if (f.cause() != Cause.SHARED_UUID) {
                machines.put(f.mac(), f);
            }
        }
        return new Found(List.copyOf(everywhere), Map.copyOf(machines));
    }
}
