package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.NasTarget;
import dev.ichor.nas.Remote.Stat;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is the same and what differs between the tree and the NAS.
///
/// @param files the tree's files in the order of copying
/// @param gone paths that we put there and the tree has no more
/// @param foreign paths that somebody else has changed or taken away since we put them there
/// @param manifest what we know of the NAS's files
/// @param parts what a copying that broke off has left, by the temporary names
record Comparison(
        List<File> files,
        List<String> gone,
        List<String> foreign,
        Manifest manifest,
        Map<String, Stat> parts) {
    /// What has to be done with a file.
    enum Change {
        CREATE,
        REPLACE,
        KEEP
    }

    /// One file of the tree.
    record File(String path, Content content, Change change) {
        /// Whether it makes a machine use the rest.
        boolean isGroup() {
            return path.startsWith("groups/");
        }
    }

    /// Groups last: only they make a machine use the rest.
    private static final Comparator<String> GROUPS_LAST =
            Comparator.comparing((String p) -> p.startsWith("groups/"))
                    .thenComparing(Comparator.naturalOrder());

    static Comparison of(BootTree tree, Remote remote, Crew crew) throws IOException {
        Manifest manifest = Manifest.read(remote);
        List<String> paths = new ArrayList<>(tree.list("").stream().sorted(GROUPS_LAST).toList());
        List<String> ours = manifest.ours();
        Map<String, Stat> there = Listing.of(crew, asked(paths, ours));
        List<File> files = new ArrayList<>();
        for (Optional<File> f :
                crew.each(paths, (hand, p) -> file(tree, p, there.get(p), hand, manifest))) {
            f.ifPresent(files::add);
        }
        List<String> gone = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        Set<String> wantedPaths = Set.copyOf(paths);
        for (String path : ours) {
            Stat now = there.get(path);
            boolean same = now != null && manifest.hash(path, now).isPresent();
            boolean wanted = wantedPaths.contains(path);
            if (!same && (now != null || wanted)) {
                foreign.add(path);
            } else if (same && !wanted) {
                gone.add(path);
            }
        }
        there.keySet().removeIf(p -> !p.endsWith(Deployment.PART));
        return new Comparison(List.copyOf(files), gone, foreign, manifest, Map.copyOf(there));
    }

    private static Set<String> asked(List<String> paths, List<String> ours) {
        Set<String> all = new TreeSet<>(ours);
        for (String path : paths) {
            all.add(path);
            all.add(path + Deployment.PART);
        }
        return all;
    }

    /// Empty when a live folder has lost it meanwhile.
    private static Optional<File> file(
            BootTree tree, String path, @Nullable Stat there, Remote hand, Manifest manifest)
            throws IOException {
        Optional<Content> content = tree.get(path);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new File(
                                path,
                                content.get(),
                                there == null
                                        ? Change.CREATE
                                        : change(path, content.get(), there, hand, manifest)));
    }

    private static Change change(
            String path, Content here, Stat stat, Remote remote, Manifest manifest)
            throws IOException {
        if (stat.size() != here.size()) {
            return Change.REPLACE;
        }
        Optional<String> known = manifest.hash(path, stat);
        String hash = known.isPresent() ? known.get() : remote.hash(path, stat.size());
        if (!hash.equals(Hashes.of(here))) {
            return Change.REPLACE;
        }
        if (known.isEmpty()) {
            manifest.found(path, stat, hash);
        }
        return Change.KEEP;
    }

    /// What is to be remembered of the state before.
    Before.Kept kept() {
        List<String> taken = new ArrayList<>(paths(Change.REPLACE));
        taken.addAll(gone);
        return new Before.Kept(
                paths(Change.CREATE), taken.stream().filter(Before::keeps).toList(), false);
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
                target,
                paths(Change.CREATE),
                paths(Change.REPLACE),
                paths(Change.KEEP),
                gone,
                foreign,
                bytes());
    }

    private List<String> paths(Change change) {
        return files.stream().filter(f -> f.change() == change).map(File::path).toList();
    }
}
