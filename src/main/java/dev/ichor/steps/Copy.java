package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Access;
import dev.ichor.nas.Nas;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/// Step 6: the tree, assembled for the NAS, onto the NAS.
final class Copy {
    private Copy() {}

    static String run(Session session, Owner owner, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        NasTarget target = session.snapshot().draft().nas();
        if (target == null) {
            throw new ProblemException(
                    "No NAS was named.",
                    "",
                    "Fill in its address and folder, or skip this step: the PC alone can boot the"
                            + " cluster.");
        }
        BootTree tree = NasTree.of(session, URI.create(target.httpBase()));
        try (Nas nas =
                Nas.connect(
                        target,
                        new Access.Password(() -> owner.password(target)),
                        key -> owner.accept(target, key))) {
            session.edit(d -> d.copiedTo(target.pinned(nas.hostKey())));
            DeployPlan plan = nas.plan(tree);
            session.change(s -> s.with(s.results().with(plan)));
            DeployReport report = nas.deploy(tree, progress);
            return report.copied()
                    + " files copied and read back, "
                    + report.kept()
                    + " were there already";
        }
    }
}
