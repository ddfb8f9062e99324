package dev.ichor.ui;

import dev.ichor.cluster.Problem;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState.Status;

import java.util.List;

/// The way through the eight steps: what can be reached, and what the big button does.
final class Flow {
    private Flow() {}

    /// What pressing the big button means now.
    sealed interface Move {
        /// Begin the step of this page.
        record Begin(Step step) implements Move {}

        /// Turn to another page.
        record Turn(Step to) implements Move {}

        /// Not yet: these come first.
        record Blocked(List<Problem> by) implements Move {}

        /// Not yet: the step is at work.
        record Busy() implements Move {}

        /// Everything is done.
        record Close() implements Move {}
    }

    /// Whether the owner may turn to this page.
    static boolean reachable(Snapshot s, Step step) {
        if (s.state(step).status() != Status.TODO) {
            return true;
        }
        for (Step before : Step.values()) {
            if (before == step) {
                return true;
            }
            if (!passable(s, before)) {
                return false;
            }
        }
        return true;
    }

    /// Where to go on after the program was closed: the first step that is not settled.
    static Step resume(Snapshot s) {
        for (Step step : Step.values()) {
            if (!s.state(step).settled()) {
                return step;
            }
        }
        return Step.FINISH;
    }

    /// What the big button does on this page.
    static Move next(Snapshot s, Step step) {
        return switch (s.state(step).status()) {
            case DONE, SKIPPED -> after(step);
            case RUNNING -> mayLeave(step) ? after(step) : new Move.Busy();
            case TODO, CHECK_AGAIN, FAILED -> {
                List<Problem> gaps = Gaps.of(s.draft(), step);
                yield gaps.isEmpty() ? new Move.Begin(step) : new Move.Blocked(gaps);
            }
        };
    }

    /// Whether the button shows the step's own verb, rather than *Next*.
    static boolean commits(Snapshot s, Step step) {
        return switch (s.state(step).status()) {
            case DONE, SKIPPED, RUNNING -> false;
            case TODO, CHECK_AGAIN, FAILED -> true;
        };
    }

    private static boolean passable(Snapshot s, Step step) {
        return switch (s.state(step).status()) {
            case DONE, SKIPPED, CHECK_AGAIN -> true;
            case RUNNING -> mayLeave(step);
            case TODO, FAILED -> false;
        };
    }

    /// Searching and serving go on behind other pages.
    private static boolean mayLeave(Step step) {
        return step == Step.FIND || step == Step.BOOT;
    }

    private static Move after(Step step) {
        Step[] all = Step.values();
        return step == Step.FINISH ? new Move.Close() : new Move.Turn(all[step.ordinal() + 1]);
    }
}
