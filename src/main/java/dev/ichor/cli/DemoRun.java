package dev.ichor.cli;

import dev.ichor.boot.FleetProgress;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.Roles;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The eight steps in a row, as the wizard would start them, on a pretended network.
final class DemoRun {
    private final Session session;
    private final Pretend network;
    private final PrintWriter out;
    private final boolean json;

    DemoRun(Session session, Pretend network, boolean json, PrintWriter out) {
        this.session = session;
        this.network = network;
        this.json = json;
        this.out = out;
    }

    /// Runs the steps; false when not every machine became Ready.
    boolean run() throws Exception {
        Instant start = session.clock().instant();
        step(Step.GET_READY);
        step(Step.FIND);
        roles();
        step(Step.DOWNLOAD);
        step(Step.CONFIGURE);
        session.edit(d -> d.copiedTo(network.nas()));
        step(Step.COPY);
        boolean good = boot();
        Duration took = Duration.between(start, session.clock().instant());
        say(
                String.format(
                        Locale.ROOT,
                        "%s after %.1f s",
                        good ? "All machines are READY" : "Not all machines are READY",
                        took.toMillis() / 1000.0));
        return good;
    }

    private void roles() throws Exception {
        Live.until(session.bootLog(), this::found);
        session.edit(Roles::suggest);
        session.assign(network.firstControlPlane(), Role.CONTROL_PLANE);
        step(Step.ROLES);
    }

    /// UEFI takes no address while nobody offers it a boot, so only the control plane's is waited
    /// for.
    private boolean found() {
        Draft draft = session.snapshot().draft();
        long asking = draft.machines().values().stream().filter(Machine::pxe).count();
        return asking == network.machines()
                && draft.machine(network.firstControlPlane()).ip() != null;
    }

    private boolean boot() throws Exception {
        ClusterPlan plan = session.plan().orElseThrow();
        Live live = new Live(plan, session, json, out);
        session.start(Step.BOOT);
        Runnable stop = session.bootLog().listen(live);
        try {
            session.approveAll();
            plan.nodes().forEach(n -> session.wake(n.mac()));
            FleetProgress end = live.awaitEnd(network.cycled());
            boolean good = live.allReady(end);
            if (good) {
                step(Step.FINISH);
            }
            return good;
        } finally {
            stop.run();
            session.cancel(Step.BOOT);
            session.await(Step.BOOT);
        }
    }

    private void step(Step step) throws Exception {
        session.start(step);
        session.await(step);
        StepState state = session.snapshot().state(step);
        Problem problem = state.problem();
        if (problem != null) {
            throw new ProblemException(problem);
        }
        say(
                String.format(
                        Locale.ROOT,
                        "%-10s %s",
                        step.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        state.result()));
    }

    private void say(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }
}
