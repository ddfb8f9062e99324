package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the machines want of their owner: the word *Approve*, a look at a fingerprint, a disk.
final class Asking {
    private final Set<Mac> approval = new HashSet<>();
    private final Map<Mac, String> fingerprints = new HashMap<>();
    private final Map<Mac, List<Disk>> disks = new HashMap<>();

    void heard(BootEvent event) {
        switch (event) {
            case BootEvent.WaitingForApproval e -> approval.add(e.mac());
            case BootEvent.Held e -> approval.add(e.mac());
            case BootEvent.Approved e -> approval.remove(e.mac());
            case BootEvent.Maintenance e -> fingerprints.put(e.mac(), e.fingerprint());
            case BootEvent.DisksSeen e -> disks.put(e.mac(), e.disks());
            case BootEvent.ConfigPushed e -> {
                fingerprints.remove(e.mac());
                disks.remove(e.mac());
            }
            default -> {}
        }
    }

    boolean approval(Mac mac) {
        return approval.contains(mac);
    }

    /// What the owner compares with the machine's screen before the word.
    Optional<String> compare(Mac mac) {
        return Optional.ofNullable(fingerprints.get(mac)).map(f -> text("state.compare", f));
    }

    /// The disks to choose from, none once one is chosen.
    List<Disk> disks(Mac mac, Draft.@Nullable Wish wish) {
        return wish != null && wish.disk() instanceof InstallDisk.Ask
                ? disks.getOrDefault(mac, List.of())
                : List.of();
    }
}
