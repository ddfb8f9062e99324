package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.talos.api.TalosClient.ServiceState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/// Looks at one machine again and again.
final class NodeWatch {
    private final Row row;
    private final Door door;
    private final FirstEtcd etcd;
    private final BootLog log;
    private final InstantSource clock;
    private @Nullable TalosClient client;
    private int clientBoot;

    NodeWatch(Row row, Door door, FirstEtcd etcd, BootLog log, InstantSource clock) {
        this.row = row;
        this.door = door;
        this.etcd = etcd;
        this.log = log;
        this.clock = clock;
    }

    /// Until interrupted.
    ///
    /// @param quiet how long a machine that is heard in its firmware or loader is left alone
    void run(BringUp.Pace pace, Duration quiet, Semaphore turns) throws InterruptedException {
        try {
            while (true) {
                if (row.worthALook(clock.instant(), quiet)) {
                    turns.acquire();
                    try {
                        look();
                    } finally {
                        turns.release();
                    }
                } else {
                    hangUp();
                }
                pace.rest().rest(pace.node());
            }
        } finally {
            hangUp();
        }
    }

    private void look() {
        int boot = row.boot();
        try {
            TalosClient open = connected(boot);
            if (open == null) {
                return;
            }
            if (row.waitsForAnswer() && !answers(open, boot)) {
                return;
            }
            for (ServiceState s : row.news(boot, open.services())) {
                log.append(
                        new BootEvent.NodeService(
                                clock.instant(), row.mac(), s.id(), s.state(), s.healthy()));
            }
            etcd.tryOn(row, open);
        } catch (IOException e) {
            // Not there yet, or not any more: the next look tells. A new connection then, because
            // a failed one waits longer and longer before it tries again.
            hangUp();
        }
    }

    /// The router may have given the address to another machine of this cluster meanwhile, which
    /// would answer just as well: so its name has to be this one's.
    private boolean answers(TalosClient open, int boot) throws IOException {
        String version = open.version();
        if (!row.isNamed(open.hostname())) {
            hangUp();
            return false;
        }
        if (row.answers(boot)) {
            log.append(new BootEvent.ApiAnswered(clock.instant(), row.mac(), version));
        }
        return true;
    }

    /// The connection to this start of the machine: an old one may hang.
    private @Nullable TalosClient connected(int boot) {
        if (clientBoot != boot) {
            hangUp();
        }
        if (client == null) {
            client = door.open(row.mac()).orElse(null);
            clientBoot = boot;
        }
        return client;
    }

    private void hangUp() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
