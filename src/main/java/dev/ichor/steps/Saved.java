package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.netboot.Notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What of a session outlives it: the draft in `cluster.json`, and in `logs/steps.txt` which steps
/// are behind the owner, so that the next session goes on at the same page. The draft alone counts:
/// without the other file, or on another PC, the steps are done once more.
final class Saved {
    private static final String STEPS = "steps";

    private Saved() {}

    static Snapshot read(ClusterFolder folder) throws IOException {
        if (!folder.exists()) {
            return Snapshot.of(Draft.empty());
        }
        Snapshot s = Snapshot.of(folder.read());
        for (String line : folder.notebook(STEPS).read()) {
            s = restored(s, line);
        }
        return s.state(Step.FINISH).settled() && Files.exists(folder.kubeconfig())
                ? s.with(s.results().with(folder.kubeconfig()))
                : s;
    }

    static void write(ClusterFolder folder, Snapshot s) throws IOException {
        Notebook steps = folder.notebook(STEPS);
        List<String> lines =
                Arrays.stream(Step.values())
                        .filter(step -> behind(s.state(step).status()))
                        .map(step -> line(step, s.state(step)))
                        .toList();
        synchronized (folder) {
            folder.write(s.draft());
            if (!steps.read().equals(lines)) {
                steps.write(lines);
            }
        }
    }

    private static String line(Step step, StepState state) {
        return step + " " + state.status() + " " + state.result().replaceAll("\\R", " ");
    }

    /// A line that says nothing leaves the step to be done.
    private static Snapshot restored(Snapshot s, String line) {
        String[] parts = line.split(" ", 3);
        Optional<Step> step = named(Step.values(), parts[0]);
        Optional<StepState.Status> status =
                named(StepState.Status.values(), parts.length < 3 ? "" : parts[1]);
        return step.isPresent() && status.filter(Saved::behind).isPresent()
                ? s.with(step.get(), new StepState(status.get(), parts[2], null, null))
                : s;
    }

    private static boolean behind(StepState.Status status) {
        return switch (status) {
            case DONE, SKIPPED, CHECK_AGAIN -> true;
            case TODO, RUNNING, FAILED -> false;
        };
    }

    private static <E extends Enum<E>> Optional<E> named(E[] all, String name) {
        return Arrays.stream(all).filter(e -> e.name().equals(name)).findFirst();
    }
}
