package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Problem;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Everything a view needs to draw itself; immutable.
///
/// @param draft what the owner has said
/// @param problems what stands between the draft and a plan
/// @param steps how each step stands, all eight
/// @param results what came of them
public record Snapshot(
        Draft draft, List<Problem> problems, Map<Step, StepState> steps, Results results) {
    /// Copies list and map.
    public Snapshot {
        problems = List.copyOf(problems);
        steps = Collections.unmodifiableMap(new EnumMap<>(steps));
    }

    static Snapshot of(Draft draft) {
        Map<Step, StepState> all = new EnumMap<>(Step.class);
        for (Step s : Step.values()) {
            all.put(s, StepState.TODO);
        }
        return new Snapshot(draft, draft.problems(), all, Results.NONE);
    }

    /// How one step stands.
    public StepState state(Step step) {
        return steps.getOrDefault(step, StepState.TODO);
    }

    Snapshot with(Draft other) {
        return new Snapshot(other, other.problems(), steps, results);
    }

    Snapshot with(Step step, StepState state) {
        Map<Step, StepState> all = new EnumMap<>(steps);
        all.put(step, state);
        return new Snapshot(draft, problems, all, results);
    }

    Snapshot with(Results other) {
        return new Snapshot(draft, problems, steps, other);
    }
}
