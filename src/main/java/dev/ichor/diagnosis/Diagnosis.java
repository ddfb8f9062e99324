package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Why machines do not boot: a function of what was heard and of the time.
public final class Diagnosis {
    private Diagnosis() {}

    /// All findings, as of [Doctor#findings].
    ///
    /// @param events what happened, in order
    /// @param plan the machines that should boot
    /// @param now the moment to look from
    /// @param learnt what slow machines taught before
    public static List<Finding> of(
            List<BootEvent> events, Collection<Mac> plan, Map<Mac, Patience> learnt, Instant now) {
        Doctor doctor = new Doctor(learnt);
        doctor.hear(events);
        return doctor.findings(plan, now);
    }

    /// As above, where nothing was learnt yet.
    static List<Finding> of(List<BootEvent> events, Collection<Mac> plan, Instant now) {
        return of(events, plan, Map.of(), now);
    }
}
