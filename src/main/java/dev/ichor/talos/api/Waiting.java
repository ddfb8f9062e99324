package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// A machine that waits in maintenance mode: it is shown with its fingerprint and its disks, and is
/// given its config once the owner has approved it and its disk is known.
final class Waiting {
    private final Door door;
    private final Pending pending;
    private final BootLog log;
    private final InstantSource clock;

    Waiting(Door door, Pending pending, BootLog log, InstantSource clock) {
        this.door = door;
        this.pending = pending;
        this.log = log;
        this.clock = clock;
    }

    /// One look. Its config is pushed no earlier than with the look after the one that has shown
    /// the fingerprint, and to no other fingerprint.
    ///
    /// @throws IOException when it is away or refuses
    void look(Row row, Ip4 ip, String fingerprint) throws IOException {
        try (TalosClient client = TalosClient.maintenance(ip, door.port(), fingerprint)) {
            if (!client.macs().contains(row.mac())) {
                return;
            }
            if (row.shows(fingerprint)) {
                log.append(new BootEvent.Maintenance(clock.instant(), row.mac(), ip, fingerprint));
            } else {
                push(row, ip, client);
            }
            if (pending.asksForDisk(row.mac()) && row.asksForDisk(fingerprint)) {
                log.append(new BootEvent.DisksSeen(clock.instant(), row.mac(), client.disks()));
            }
        }
    }

    /// A machine may go to install its config before its answer is through: then it is told once
    /// the machine is seen with it. A refusal will not change by itself.
    private void push(Row row, Ip4 ip, TalosClient client) throws IOException {
        Optional<String> config = pending.config(row.mac(), ip).filter(row::wants);
        if (config.isEmpty()) {
            return;
        }
        try {
            client.apply(config.get());
            row.given(config.get());
            pending.pushed(row.mac(), config.get());
            log.append(new BootEvent.ConfigPushed(clock.instant(), row.mac(), ip));
        } catch (ProblemException e) {
            if (!Refusals.isFinal(e)) {
                row.unanswered();
                pending.pushed(row.mac(), config.get());
                throw e;
            }
            row.given(config.get());
            String what = e.problem().toString();
            log.append(new BootEvent.NodeTrouble(clock.instant(), row.mac(), what));
        }
    }
}
