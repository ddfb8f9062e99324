package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.SealReport;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Takes the machines' configs off a NAS: from `generic/`, and their copies from the recycle bins
/// of the folder and of those above it. Files of other names stay.
final class Seal {
    private static final String GENERIC = Exposure.FOLDER + "/";

    /// Synology's, Samba's usual one, QNAP's.
    private static final Set<String> BINS = Set.of("#recycle/", ".recycle/", "@Recycle/");

    /// Synology's, NetApp's and others', QNAP's, ZFS' (seldom listed, but there).
    private static final List<String> SNAPSHOTS =
            List.of("#snapshot/", ".snapshot/", "@Recently-Snapshot/", ".zfs/snapshot/");

    private static final String PREVIOUS_VERSION = "@GMT-";
    private static final int LEVELS_UP = 4;
    private static final int LEVELS_DOWN = 8;

    private final Remote remote;
    private final Set<String> names;
    private final List<String> removed = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final List<String> snapshots = new ArrayList<>();

    /// @param names of the configs, as `control-1.yaml`
    Seal(Remote remote, Set<String> names) {
        this.remote = remote;
        this.names = new TreeSet<>(names);
    }

    SealReport run() throws IOException {
        for (String path : Manifest.read(remote).ours()) {
            if (path.startsWith(GENERIC)) {
                names.add(path.substring(GENERIC.length()));
            }
        }
        walk(GENERIC, 0);
        for (int i = 0; i <= LEVELS_UP; i++) {
            String level = "../".repeat(i);
            List<String> there = remote.names(level).orElse(List.of());
            for (String name : there) {
                if (BINS.contains(name)) {
                    empty(level + name);
                } else if (name.startsWith(PREVIOUS_VERSION)) {
                    snapshots.add(level + name);
                }
            }
            for (String folder : SNAPSHOTS) {
                remote.names(level + folder)
                        .ifPresent(all -> all.forEach(n -> snapshots.add(level + folder + n)));
            }
        }
        return new SealReport(removed, left, closed, snapshots);
    }

    /// A bin that only the NAS's administrator may look into is told: the configs may lie there.
    private void empty(String bin) throws ProblemException {
        if (remote.names(bin).isEmpty()) {
            closed.add(bin);
        }
        walk(bin, 0);
    }

    private void walk(String folder, int depth) throws ProblemException {
        for (String name : remote.names(folder).orElse(List.of())) {
            if (!name.endsWith("/")) {
                if (names.stream().anyMatch(config -> is(name, config))) {
                    remove(folder + name);
                }
            } else if (depth < LEVELS_DOWN) {
                walk(folder + name, depth + 1);
            }
        }
    }

    /// By its own name, or as Samba's recycle bin calls a second one: `Copy #1 of control-1.yaml`.
    /// A name that only holds it is somebody else's file.
    private static boolean is(String name, String config) {
        return name.equals(config)
                || name.equals(config + ".part")
                || (name.startsWith("Copy #") && name.endsWith(" of " + config));
    }

    /// Emptied first: what a recycle bin catches then is an empty file.
    private void remove(String path) throws ProblemException {
        try {
            remote.put(path, InputStream.nullInputStream());
        } catch (ProblemException e) {
            System.getLogger(Seal.class.getName())
                    .log(System.Logger.Level.DEBUG, "not emptied: {0}", path);
        }
        remote.discard(path);
        (remote.stat(path).isPresent() ? left : removed).add(path);
    }
}
