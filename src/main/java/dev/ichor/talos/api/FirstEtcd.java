package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.api.TalosClient.ServiceState;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Bootstraps etcd: once in a cluster's life, on one control plane. A second time on a machine that
/// was installed anew would begin a second cluster beside the first.
final class FirstEtcd {
    private final Mac first;
    private final List<Mac> others;
    private final Door door;
    private final BootLog log;
    private final InstantSource clock;
    private volatile boolean runs;

    /// @param controlPlanes the first one is where etcd begins
    FirstEtcd(List<Mac> controlPlanes, Door door, BootLog log, InstantSource clock) {
        this.first = controlPlanes.getFirst();
        this.others = controlPlanes.subList(1, controlPlanes.size());
        this.door = door;
        this.log = log;
        this.clock = clock;
    }

    /// The cluster was seen working: there is nothing to do any more.
    void runs() {
        runs = true;
    }

    /// Bootstraps on this machine if it is the one, waits for it, and no other runs etcd.
    ///
    /// @throws IOException when the node is away or refuses
    void tryOn(Row row, TalosClient client) throws IOException {
        if (row.etcdRuns()) {
            runs();
        }
        if (runs || !row.mac().equals(first) || !row.etcdWaits() || runsElsewhere()) {
            return;
        }
        switch (client.bootstrap()) {
            case STARTED, DONE_BEFORE -> {
                runs();
                log.append(new BootEvent.Bootstrapped(clock.instant(), row.mac()));
            }
            case TOO_EARLY -> {}
        }
    }

    private boolean runsElsewhere() {
        for (Mac other : others) {
            Optional<TalosClient> found = door.open(other);
            if (found.isPresent()) {
                try (TalosClient client = found.get()) {
                    if (client.services().stream().anyMatch(FirstEtcd::isEtcd)) {
                        runs();
                    }
                } catch (IOException e) {
                    // Away: at a first installation the others may well come later.
                }
            }
        }
        return runs;
    }

    private static boolean isEtcd(ServiceState s) {
        return s.id().equals(Row.ETCD) && s.healthy();
    }
}
