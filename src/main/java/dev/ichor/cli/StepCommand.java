package dev.ichor.cli;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Owner;
import dev.ichor.steps.Session;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.World;

import java.io.PrintWriter;
import java.nio.file.Path;

/// Runs one step of an existing cluster and tells its result.
final class StepCommand {
    private StepCommand() {}

    /// Opens a cluster that must be there already.
    static Session open(Path dir, World world, Owner owner) throws Exception {
        new ClusterFolder(dir).read();
        return Session.open(dir, world, owner);
    }

    static int run(Session session, Step step, PrintWriter out) throws Exception {
        session.listen(s -> progress(s, step, out));
        session.start(step);
        session.await(step);
        Problem problem = session.snapshot().state(step).problem();
        if (problem != null) {
            throw new ProblemException(problem);
        }
        out.println(session.snapshot().state(step).result());
        return Cli.OK;
    }

    /// A line is rewritten in place on a terminal; where there is none, nothing is shown until the
    /// end.
    private static void progress(Snapshot s, Step step, PrintWriter out) {
        Amount amount = s.state(step).amount();
        if (amount != null && amount.of() > 0 && Terminals.console() != null) {
            out.printf("\r%-40s %3.0f %%", amount.what(), 100 * amount.fraction());
            out.flush();
        }
    }
}
