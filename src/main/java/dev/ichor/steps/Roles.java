package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Role;

import java.util.List;

/// A first proposal of who does what.
final class Roles {
    /// The disk most thin clients have; the owner may change it per machine.
    private static final InstallDisk FIRST_DISK = new InstallDisk.Device("/dev/sda");

    private Roles() {}

    /// Every machine that asked for a network boot takes part; the first by MAC is the control
    /// plane. Wishes that stand are kept.
    static Draft suggest(Draft draft) {
        List<Machine> candidates = draft.machines().values().stream().filter(Machine::pxe).toList();
        Draft d = draft;
        for (Machine m : candidates) {
            if (!d.wishes().containsKey(m.mac())) {
                d = d.assign(m.mac(), wish(d));
            }
        }
        return d;
    }

    private static Draft.Wish wish(Draft d) {
        boolean first = d.wishes().values().stream().noneMatch(w -> w.role() == Role.CONTROL_PLANE);
        Role role = first ? Role.CONTROL_PLANE : Role.WORKER;
        return new Draft.Wish(role, freeName(d, role), FIRST_DISK, Life.ALWAYS_NETBOOT);
    }

    private static String freeName(Draft d, Role role) {
        String stem = role == Role.CONTROL_PLANE ? "control-" : "worker-";
        int n = 1;
        while (taken(d, stem + n)) {
            n++;
        }
        return stem + n;
    }

    private static boolean taken(Draft d, String name) {
        return d.wishes().values().stream().anyMatch(w -> w.hostname().equals(name));
    }

    /// Changes one machine's role and keeps everything else the owner said of it.
    static Draft assign(Draft d, Mac mac, Role role) {
        Draft.Wish was = d.wishes().get(mac);
        return was == null
                ? d.assign(
                        mac,
                        new Draft.Wish(role, freeName(d, role), FIRST_DISK, Life.ALWAYS_NETBOOT))
                : d.assign(mac, was.as(role));
    }
}
