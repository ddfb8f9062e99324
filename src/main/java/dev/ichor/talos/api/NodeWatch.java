package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.api.TalosClient.ServiceState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Looks at one machine again and again.
final class NodeWatch {
    private final Row row;
    private final Door door;
    private final Waiting waiting;
    private final FirstEtcd etcd;
    private final BootLog log;
    private final InstantSource clock;
    private @Nullable TalosClient client;
    private int clientBoot;

    /// What is done on a node.
    record Turn(Waiting waiting, FirstEtcd etcd) {}

    NodeWatch(Row row, Door door, Turn turn, BootLog log, InstantSource clock) {
        this.row = row;
        this.door = door;
        this.waiting = turn.waiting();
        this.etcd = turn.etcd();
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
            if (!row.waitsForAnswer() || isOurs()) {
                ask(boot);
            }
        } catch (IOException e) {
            // Not there yet, or not any more: the next look tells. A new connection then, because
            // a failed one waits longer and longer before it tries again.
            if (e instanceof ProblemException p && Refusals.isTold(e)) {
                trouble(p.problem());
            }
            row.lost();
            hangUp();
        }
    }

    /// Whether a configured machine of this cluster answers; tells what does else.
    private boolean isOurs() throws IOException {
        Optional<Ip4> ip = door.addresses().apply(row.mac());
        if (ip.isEmpty()) {
            return false;
        }
        switch (door.knock().at(ip.get(), door.port())) {
            case Knock.Answer.Ours() -> {
                return true;
            }
            case Knock.Answer.Maintenance(String print) -> waiting.look(row, ip.get(), print);
            case Knock.Answer.Foreign(String print) -> {
                if (row.troubled(print)) {
                    log.append(
                            new BootEvent.ForeignCluster(
                                    clock.instant(), row.mac(), ip.get(), print));
                }
            }
            case Knock.Answer.Odd(Problem problem) -> trouble(problem);
            case Knock.Answer.Away() -> {}
        }
        return false;
    }

    private void trouble(Problem problem) {
        if (row.troubled(problem.toString())) {
            log.append(new BootEvent.NodeTrouble(clock.instant(), row.mac(), problem.toString()));
        }
    }

    private void ask(int boot) throws IOException {
        TalosClient open = connected(boot);
        if (open == null || (row.waitsForAnswer() && !answers(open, boot))) {
            return;
        }
        for (ServiceState s : row.news(boot, open.services())) {
            log.append(
                    new BootEvent.NodeService(
                            clock.instant(), row.mac(), s.id(), s.state(), s.healthy()));
        }
        etcd.tryOn(row, open);
    }

    /// The proof that it is installed. The router may have given the address to another machine of
    /// this cluster meanwhile, which would answer just as well: so its own MAC is read there. While
    /// it installs itself it answers too, and is asked again.
    private boolean answers(TalosClient open, int boot) throws IOException {
        if (!open.macs().contains(row.mac()) || !open.installed()) {
            hangUp();
            return false;
        }
        String version = open.version();
        if (row.hasTaken()) {
            door.addresses()
                    .apply(row.mac())
                    .ifPresent(ip ->
                            log.append(new BootEvent.ConfigPushed(clock.instant(), row.mac(), ip)));
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
