package dev.ichor.steps;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Problem;

import org.jspecify.annotations.Nullable;

/// How one step stands.
///
/// @param status where it is
/// @param result its result in one line, or the reason to check again; empty when there is none
/// @param amount how far it is while running, or null
/// @param problem why it failed, or null
public record StepState(
        Status status, String result, @Nullable Amount amount, @Nullable Problem problem) {
    /// Where a step is.
    public enum Status {
        /// Not begun.
        TODO,
        /// At work.
        RUNNING,
        /// Done; [#result] says what came of it.
        DONE,
        /// Left out by the owner.
        SKIPPED,
        /// Done once, but something before it has changed since.
        CHECK_AGAIN,
        /// Ended with [#problem].
        FAILED
    }

    /// Not begun.
    public static final StepState TODO = new StepState(Status.TODO, "", null, null);

    static StepState running(Amount amount) {
        return new StepState(Status.RUNNING, "", amount, null);
    }

    static StepState done(String result) {
        return new StepState(Status.DONE, result, null, null);
    }

    static StepState failed(Problem problem) {
        return new StepState(Status.FAILED, "", null, problem);
    }

    /// Done or left out.
    public boolean settled() {
        return status == Status.DONE || status == Status.SKIPPED;
    }
}
