package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Doctor;
import dev.ichor.diagnosis.Finding;
import dev.ichor.diagnosis.Patience;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells each finding once, when it appears; one that went away is told anew when it comes back.
final class FreshFindings {
    private final Doctor doctor;
    private final Collection<Mac> plan;
    private Set<String> told = Set.of();

    /// @param plan the machines that should boot
    /// @param learnt what slow machines taught before
    FreshFindings(Collection<Mac> plan, Map<Mac, Patience> learnt) {
        this.plan = List.copyOf(plan);
        this.doctor = new Doctor(learnt);
    }

    /// What was found at this event's moment and not at the one before.
    synchronized List<Finding> after(BootEvent event) {
        doctor.hear(List.of(event));
        return at(event.at());
    }

    /// What is found now and was not before: silence tells, too.
    synchronized List<Finding> at(Instant now) {
        List<Finding> all = doctor.findings(plan, now);
        List<Finding> fresh = all.stream().filter(f -> !told.contains(key(f))).toList();
        Set<String> known = new HashSet<>();
        all.forEach(f -> known.add(key(f)));
        told = Set.copyOf(known);
        return fresh;
    }

    private static String key(Finding f) {
        return f.mac() + " " + f.cause();
    }
}
