package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.NasTarget;
import dev.ichor.nas.Remote.Stat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is the same and what differs between the tree and the NAS.
///
/// @param files the tree's files in the order of copying
/// @param manifest what we know of the NAS's files
record Comparison(List<File> files, Manifest manifest) {
    /// What has to be done with a file.
    enum Change {
        CREATE,
        REPLACE,
        KEEP
    }

    /// One file of the tree.
    record File(String path, Content content, Change change) {}

    /// Groups last: only they make a machine use the rest.
    private static final Comparator<String> GROUPS_LAST =
            Comparator.comparing((String p) -> p.startsWith("groups/"))
                    .thenComparing(Comparator.naturalOrder());

    static Comparison of(BootTree tree, Remote remote) throws IOException {
        Manifest manifest = Manifest.read(remote);
        List<File> files = new ArrayList<>();
        for (String path : tree.list("").stream().sorted(GROUPS_LAST).toList()) {
            Optional<Content> content = tree.get(path);
            if (content.isPresent()) { // a live folder may have lost it meanwhile
                Change change = change(path, content.get(), remote, manifest);
                files.add(new File(path, content.get(), change));
            }
        }
        return new Comparison(List.copyOf(files), manifest);
    }

    private static Change change(String path, Content here, Remote remote, Manifest manifest)
            throws IOException {
        Optional<Stat> there = remote.stat(path);
        if (there.isEmpty()) {
            return Change.CREATE;
        }
        Stat stat = there.get();
        if (stat.size() != here.size()) {
            return Change.REPLACE;
        }
        Optional<String> known = manifest.hash(path, stat);
        String hash = known.isPresent() ? known.get() : remote.hash(path);
        if (!hash.equals(Hashes.of(here))) {
            return Change.REPLACE;
        }
        manifest.put(path, stat, hash);
        return Change.KEEP;
    }

    /// How much is to be copied.
    long bytes() {
        return files.stream()
                .filter(f -> f.change() != Change.KEEP)
                .mapToLong(f -> f.content().size())
                .sum();
    }

    DeployPlan plan(NasTarget target) {
        return new DeployPlan(
                target, paths(Change.CREATE), paths(Change.REPLACE), paths(Change.KEEP), bytes());
    }

    private List<String> paths(Change change) {
        return files.stream().filter(f -> f.change() == change).map(File::path).toList();
    }
}
