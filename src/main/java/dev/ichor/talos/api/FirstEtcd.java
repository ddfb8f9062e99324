package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.api.TalosClient.ServiceState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Bootstraps etcd: once in a cluster's life, on one control plane, called at its own address. A
/// second time on a machine that was installed anew would begin a second cluster beside the first.
final class FirstEtcd {
    /// How long etcd may take to start before its silence means something.
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private final List<Node> controlPlanes;
    private final Once once;
    private final Door door;
    private final BootLog log;
    private final InstantSource clock;
    private volatile boolean runs;
    private @Nullable Instant waitsSince;
    private boolean toldOld;

    /// @param controlPlanes the first one is where etcd begins
    FirstEtcd(List<Node> controlPlanes, Once once, Door door, BootLog log, InstantSource clock) {
        this.controlPlanes = controlPlanes;
        this.once = once;
        this.door = door;
        this.log = log;
        this.clock = clock;
    }

    /// The cluster was seen working: there is nothing to do any more.
    void runs() throws IOException {
        if (!runs) {
            once.finish();
            runs = true;
        }
    }

    /// Bootstraps on this machine if it is the one, waits for it, and no other runs etcd.
    ///
    /// @throws IOException when the node is away or refuses
    synchronized void tryOn(Row row, TalosClient client) throws IOException {
        if (row.etcdRuns()) {
            runs();
        }
        if (isBegun() || !row.etcdWaits() || !row.mac().equals(chosen()) || runsElsewhere()) {
            return;
        }
        if (once.done()) {
            // It starts again with the data it has; when it has none any more, they are lost.
            silent(row, "etcd was running on " + row.hostname() + " and does not start again.");
            return;
        }
        once.begin(row.mac());
        switch (client.bootstrap()) {
            case STARTED -> started(row);
            case DONE_BEFORE -> beganBefore(row, client);
            case TOO_EARLY -> {}
        }
    }

    /// Unless the cluster was wiped since, and begins anew.
    private boolean isBegun() throws IOException {
        runs &= once.done();
        return runs;
    }

    private Mac chosen() throws IOException {
        return once.begun().orElse(controlPlanes.getFirst().mac());
    }

    private void started(Row row) throws IOException {
        runs();
        log.append(new BootEvent.Bootstrapped(clock.instant(), row.mac()));
    }

    /// Our own call may have worked though its answer was lost: then etcd's members are of the
    /// plan. Else the disk holds the data of an older cluster.
    private void beganBefore(Row row, TalosClient client) throws IOException {
        List<String> members;
        try {
            members = client.etcdMembers();
        } catch (ProblemException e) {
            silent(row, row.hostname() + " has etcd data, and etcd does not start with them.");
            return;
        }
        if (members.stream().anyMatch(this::isOurs)) {
            started(row);
        } else {
            old(
                    row,
                    row.hostname()
                            + " has the etcd data of another cluster: "
                            + Refusals.bounded(String.join(", ", members))
                            + ".");
        }
    }

    private boolean isOurs(String member) {
        return controlPlanes.stream().anyMatch(n -> Row.named(member, n.hostname()));
    }

    private void silent(Row row, String what) {
        if (waitsSince == null) {
            waitsSince = clock.instant();
        }
        if (Duration.between(waitsSince, clock.instant()).compareTo(SILENCE) >= 0) {
            old(row, what);
        }
    }

    private void old(Row row, String what) {
        if (!toldOld) {
            toldOld = true;
            Problem problem =
                    new Problem(
                            what,
                            "Its disk holds old etcd data.",
                            "To begin anew, reset it: ichor node reset CLUSTER_DIR "
                                    + row.mac()
                                    + ".");
            log.append(new BootEvent.NodeTrouble(clock.instant(), row.mac(), problem.toString()));
        }
    }

    private boolean runsElsewhere() throws IOException {
        Mac here = chosen();
        for (Node other : controlPlanes) {
            if (!other.mac().equals(here) && runsOn(other.mac())) {
                runs();
                return true;
            }
        }
        return false;
    }

    private boolean runsOn(Mac other) {
        Optional<TalosClient> found = door.open(other);
        if (found.isEmpty()) {
            return false;
        }
        try (TalosClient client = found.get()) {
            return client.services().stream().anyMatch(FirstEtcd::isEtcd);
        } catch (IOException e) {
            // Away: at a first installation the others may well come later.
            return false;
        }
    }

    private static boolean isEtcd(ServiceState s) {
        return s.id().equals(Row.ETCD) && s.healthy();
    }
}
