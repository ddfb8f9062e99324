package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;

import java.util.List;

/// The owner's choice of the disk on which a waiting machine is installed.
public final class ChooseDisk {
    private ChooseDisk() {}

    /// Takes the choice; the machine gets its config at the next look, once it is approved.
    ///
    /// @param name a path or serial number that the machine has shown
    /// @throws ProblemException when the machine has shown no such disk
    public static void run(Session session, Mac mac, String name) throws ProblemException {
        List<Disk> shown = shown(session, mac);
        Disk chosen =
                shown.stream()
                        .filter(d -> d.isCalled(name))
                        .findFirst()
                        .orElseThrow(() -> none(mac, name, shown));
        session.edit(d -> {
            Draft.Wish w = d.wishes().get(mac);
            return w == null
                    ? d
                    : d.assign(
                            mac, new Draft.Wish(w.role(), w.hostname(), chosen.wish(), w.life()));
        });
    }

    /// The disks a machine has shown last, none before it waits in maintenance mode.
    public static List<Disk> shown(Session session, Mac mac) {
        return session.bootLog().events().reversed().stream()
                .filter(e -> e instanceof BootEvent.DisksSeen && mac.equals(e.mac()))
                .map(e -> ((BootEvent.DisksSeen) e).disks())
                .findFirst()
                .orElse(List.of());
    }

    private static ProblemException none(Mac mac, String name, List<Disk> shown) {
        return new ProblemException(
                mac + " has shown no disk \"" + name + "\".",
                shown.isEmpty()
                        ? "It has shown none yet."
                        : "It has: "
                                + String.join("; ", shown.stream().map(Disk::toString).toList())
                                + ".",
                "Wait until it waits in maintenance mode, and name a path or serial number.");
    }
}
