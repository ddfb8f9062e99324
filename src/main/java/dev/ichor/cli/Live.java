package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The live lines of a boot in the terminal: one a machine and stage, or one JSON line an event.
final class Live implements Consumer<BootEvent> {
    /// Above this many machines a line each second tells the counts instead.
    private static final int FEW = 20;

    private static final long BEAT_MILLIS = 100;

    private final ClusterPlan plan;
    private final Session session;
    private final boolean json;
    private final PrintWriter out;
    private final Instant start;
    private final BlockingQueue<BootEvent> queue = new LinkedBlockingQueue<>();
    private final Map<Mac, Integer> timesReady = new HashMap<>();
    private FleetProgress progress;
    private Instant lastSummary = Instant.MIN;

    Live(ClusterPlan plan, Session session, boolean json, PrintWriter out) {
        this.plan = plan;
        this.session = session;
        this.json = json;
        this.out = out;
        this.start = session.clock().instant();
        this.progress = FleetProgress.of(plan.nodes().stream().map(Node::mac).toList(), start);
    }

    @Override
    public void accept(BootEvent event) {
        if (!event.at().isBefore(start)) {
            queue.add(event);
        }
    }

    /// Shows what happens until every machine is Ready (the power-cycled one twice), or those that
    /// are not have fallen silent.
    FleetProgress awaitEnd(Optional<Mac> cycled) throws InterruptedException, ProblemException {
        while (!ended(cycled)) {
            drain();
            Problem problem = session.snapshot().state(Step.BOOT).problem();
            if (problem != null) {
                throw new ProblemException(problem);
            }
        }
        return progress;
    }

    boolean allReady(FleetProgress p) {
        return p.count(Stage.READY) == plan.nodes().size();
    }

    private boolean ended(Optional<Mac> cycled) {
        Instant now = session.clock().instant();
        boolean settled =
                progress.machines().values().stream()
                        .allMatch(m -> m.stage() == Stage.READY || m.stalled(now, session.haste()));
        boolean cameBack = cycled.map(this::startedAgain).orElse(true);
        return allReady(progress) ? cameBack : settled;
    }

    /// The power may be cut before our own look has found the machine Ready the first time.
    private boolean startedAgain(Mac mac) {
        MachineProgress m = Objects.requireNonNull(progress.machines().get(mac));
        return m.boots() >= 2 || timesReady.getOrDefault(mac, 0) >= 2;
    }

    private void drain() throws InterruptedException {
        List<BootEvent> batch = new ArrayList<>();
        BootEvent first = queue.poll(BEAT_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch);
        }
        FleetProgress before = progress;
        progress = progress.after(batch);
        for (BootEvent e : batch) {
            if (e instanceof BootEvent.KubernetesNode n && n.ready()) {
                timesReady.merge(n.mac(), 1, Integer::sum);
            }
        }
        show(before, batch);
    }

    private void show(FleetProgress before, List<BootEvent> batch) {
        if (json) {
            batch.forEach(e -> out.println(BootLog.line(e)));
        } else if (plan.nodes().size() > FEW) {
            summary();
        } else {
            plan.nodes().forEach(n -> line(n, before));
        }
        out.flush();
    }

    private void line(Node n, FleetProgress before) {
        MachineProgress was = Objects.requireNonNull(before.machines().get(n.mac()));
        MachineProgress now = Objects.requireNonNull(progress.machines().get(n.mac()));
        if (was.stage() != now.stage() || was.boots() != now.boots()) {
            out.println(Lines.stage(n, now, start, session.clock().instant()));
        }
    }

    private void summary() {
        Instant now = session.clock().instant();
        if (now.isAfter(lastSummary.plusSeconds(1))) {
            lastSummary = now;
            out.println(Lines.summary(progress, start, now));
        }
    }

    /// Waits until a condition holds; it is looked at whenever something was heard.
    static void until(BootLog log, BooleanSupplier condition)
            throws InterruptedException, ProblemException {
        BlockingQueue<BootEvent> heard = new LinkedBlockingQueue<>();
        Runnable stop = log.listen(heard::add);
        try {
            while (!condition.getAsBoolean()) {
                if (heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
                    throw new ProblemException(
                            "Nothing was heard for " + PATIENCE_SECONDS + " seconds.",
                            "The machines are silent.",
                            "Run it again; if it stays so, please report it.");
                }
            }
        } finally {
            stop.run();
        }
    }

    private static final long PATIENCE_SECONDS = 30;
}
