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
        boolean terminal = Terminals.console() != null;
        if (terminal || step == Step.DOWNLOAD) {
            ProgressLine line = new ProgressLine(out, terminal);
            session.listen(s -> progress(s, step, line));
        }
        session.start(step);
        session.await(step);
        Problem problem = session.snapshot().state(step).problem();
        if (problem != null) {
            throw new ProblemException(problem);
        }
        out.println(session.snapshot().state(step).result());
        return Cli.OK;
    }

    private static void progress(Snapshot s, Step step, ProgressLine line) {
        Amount amount = s.state(step).amount();
        if (amount != null) {
            line.accept(amount);
        }
    }
}
