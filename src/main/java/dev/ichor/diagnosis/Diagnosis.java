package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Why machines do not boot: a function of what was heard and of the time.
public final class Diagnosis {
    private Diagnosis() {}

    /// All findings, as of [Doctor#findings].
    ///
    /// @param events what happened, in order
    /// @param plan the machines that should boot
    /// @param now the moment to look from
    public static List<Finding> of(List<BootEvent> events, Collection<Mac> plan, Instant now) {
        Doctor doctor = new Doctor();
        doctor.hear(events);
        return doctor.findings(plan, now);
    }
}
