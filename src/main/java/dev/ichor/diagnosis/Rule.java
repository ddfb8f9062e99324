package dev.ichor.diagnosis;

import java.util.Optional;

/// One rule: from what was heard of a machine to a finding. Pure.
@FunctionalInterface
interface Rule {
    Optional<Finding> look(Trail trail);

    /// A finding about the trail's machine.
    static Optional<Finding> found(
            Trail t, Cause cause, java.time.Instant since, String[] words, Remedy remedy) {
        return Optional.of(
                new Finding(cause, t.mac(), words[0], words[1], words[2], remedy, since));
    }

    /// Cause, evidence, advice.
    static String[] words(String what, String evidence, String advice) {
        return new String[] {what, evidence, advice};
    }
}
