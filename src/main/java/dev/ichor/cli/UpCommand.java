package dev.ichor.cli;

import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.Serve;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;
import dev.ichor.steps.World;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `ichor up`: serves the network boot, brings the cluster up, and ends when every machine is
/// READY.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Serves the network boot of a cluster and brings it up, until every machine is"
                        + " READY; then writes the kubeconfig and ends.")
final class UpCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();
    @Mixin private ClusterArg.Terminal owner = new ClusterArg.Terminal();

    @Option(
            names = "--approve",
            paramLabel = "WHO",
            defaultValue = "ask",
            description =
                    "ask: each machine waits for ichor approve; all: none waits. Default"
                            + " ${DEFAULT-VALUE}.")
    private ServeCommand.Approve approve = ServeCommand.Approve.ask;

    @Mixin private BindArg bind = new BindArg();

    @Option(names = "--wake", description = "Switch the machines on by wake-on-LAN.")
    private boolean wake;

    @Option(names = "--json", description = "One JSON line per event.")
    private boolean json;

    UpCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        World world = platform.world();
        try (Session session = StepCommand.open(cluster.dir, world, owner)) {
            Serve.choose(session, bind.address());
            ClusterPlan plan = plan(session);
            Live live = new Live(plan, session, json, spec.commandLine().getOut());
            session.start(Step.BOOT);
            Runnable stop = session.bootLog().listen(live);
            try {
                return up(session, plan, live);
            } finally {
                stop.run();
                session.cancel(Step.BOOT);
                session.await(Step.BOOT);
            }
        }
    }

    private int up(Session session, ClusterPlan plan, Live live) throws Exception {
        if (approve == ServeCommand.Approve.all) {
            session.approveAll();
        }
        if (wake) {
            plan.nodes().forEach(n -> session.wake(n.mac()));
        }
        FleetProgress end = live.awaitEnd(Optional.empty());
        if (!live.allReady(end)) {
            plan.nodes().forEach(n -> late(n, end));
            return Cli.PROBLEM;
        }
        PrintWriter said = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        return StepCommand.run(session, Step.FINISH, said);
    }

    private void late(Node node, FleetProgress end) {
        MachineProgress m = Objects.requireNonNull(end.machines().get(node.mac()));
        if (m.stage() != Stage.READY) {
            spec.commandLine()
                    .getErr()
                    .println(
                            node.hostname()
                                    + " ("
                                    + node.mac()
                                    + ") fell silent at "
                                    + m.stage()
                                    + ". "
                                    + m.trouble());
        }
    }

    private static ClusterPlan plan(Session session) throws ProblemException {
        if (session.plan().isEmpty()) {
            throw new ProblemException(session.snapshot().problems().getFirst());
        }
        return session.plan().orElseThrow();
    }
}
