package dev.ichor.steps;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.net.URI;

/// What a step needs of the steps before it, or the words for what is missing.
final class Needs {
    private Needs() {}

    /// The adapter the owner chose.
    ///
    /// @throws ProblemException when it is not there any more
    static Adapter adapter(Session session) throws IOException {
        String id = session.snapshot().draft().adapter();
        return session.world().lan().adapters().list().stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow(() -> gone(id));
    }

    /// The plan.
    ///
    /// @throws ProblemException with the first thing that is missing
    static ClusterPlan plan(Session session) throws ProblemException {
        Snapshot s = session.snapshot();
        if (!s.problems().isEmpty()) {
            throw new ProblemException(s.problems().getFirst());
        }
        return s.draft().plan();
    }

    /// Talos on this PC; from the cache when the download was done in an earlier session.
    static Fetched talos(Session session) throws IOException, InterruptedException {
        Fetched files = session.snapshot().results().fetched();
        ClusterPlan plan = plan(session);
        return files != null
                        && files.talos().equals(plan.talos())
                        && files.image().equals(plan.image())
                        && files.files().keySet().containsAll(plan.families())
                ? files
                : Download.fetch(session, Amount.IGNORE);
    }

    /// Where machines ask this PC for their config.
    static URI gate(Session session) throws IOException {
        return URI.create(
                "http://" + adapter(session).address() + ":" + session.world().lan().wire().http());
    }

    private static ProblemException gone(String id) {
        return id.isEmpty()
                ? new ProblemException(
                        "No network adapter was chosen yet.", "", "Choose one in step 1.")
                : new ProblemException(
                        "The network adapter " + id + " is not there.",
                        "It was switched off, unplugged, or has another name now.",
                        "Plug it in again, or choose another adapter in step 1.");
    }
}
