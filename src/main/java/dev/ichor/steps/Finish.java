package dev.ichor.steps;

import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.KubeConfig;
import dev.ichor.talos.MachineConfigs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Step 8: the kubeconfig, once every machine is Ready.
final class Finish {
    private Finish() {}

    static String run(Session session, ClusterFolder folder) throws IOException {
        ClusterPlan plan = Needs.plan(session);
        List<String> late = notReady(session, plan);
        if (!late.isEmpty()) {
            throw new ProblemException(
                    late.size()
                            + " of "
                            + plan.nodes().size()
                            + " machines are not Ready yet: "
                            + String.join(", ", late)
                            + ".",
                    "",
                    "Watch them in step 7; finish when all rows are green.");
        }
        session.vault().write("kubeconfig", kubeconfig(plan, session));
        session.change(s -> s.with(s.results().with(folder.kubeconfig())));
        return plan.nodes().size()
                + " machines Ready, kubeconfig written"
                + String.join("", loud(session, plan));
    }

    /// No node is to go on talking to a PC that may be gone.
    ///
    /// @return those that do
    private static List<String> loud(Session session, ClusterPlan plan) throws IOException {
        List<String> loud = new ArrayList<>();
        try (Nodes nodes = new Nodes(session)) {
            for (Node n : plan.nodes()) {
                try {
                    nodes.quieten(n.mac());
                } catch (IOException e) {
                    loud.add("; " + n.hostname() + " still sends its logs here: " + e.getMessage());
                }
            }
        }
        return loud;
    }

    private static String kubeconfig(ClusterPlan plan, Session session) throws IOException {
        return KubeConfig.create(
                        MachineConfigs.of(plan),
                        session.vault().secrets(),
                        session.clock(),
                        session.world().random())
                .yaml();
    }

    private static List<String> notReady(Session session, ClusterPlan plan) {
        List<dev.ichor.cluster.Mac> macs = plan.nodes().stream().map(Node::mac).toList();
        FleetProgress now =
                FleetProgress.of(macs, session.clock().instant()).after(session.bootLog().events());
        return plan.nodes().stream()
                .filter(n -> stage(now, n) != Stage.READY)
                .map(Node::hostname)
                .toList();
    }

    private static Stage stage(FleetProgress now, Node n) {
        MachineProgress m = Objects.requireNonNull(now.machines().get(n.mac()));
        return m.stage();
    }
}
