package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Remote.Stat;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a copying has replaced or taken away, kept on the NAS so that it can be put back: in the
/// middle, when something fails, or later, when the owner wants the state before. A copying that
/// broke off and the one that goes on after it have one state before. Files of `generic/` may hold
/// secrets and are never kept.
final class Before {
    /// The folder the old files are in.
    static final String FOLDER = ".ichor-before/";

    static final String PATH = ".ichor-before.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST = 8 << 20;

    /// Up to this size an old file is copied, and so never without its name; a larger one is moved.
    private static final long SMALL = 1 << 20;

    private static final String PART = ".part";

    private final Remote remote;
    private final Kept kept;
    private final List<String> already;

    /// The list, written before anything is touched.
    ///
    /// @param created paths that were not there
    /// @param taken paths whose old file is in [#FOLDER]
    /// @param finished whether the copying came to its end
    record Kept(List<String> created, List<String> taken, boolean finished) {
        Kept {
            created = List.copyOf(created);
            taken = List.copyOf(taken);
        }

        /// Of a copying that goes on after this one broke off: what this one has made was not there
        /// before, and what it has taken was.
        Kept and(Kept next) {
            return new Kept(
                    union(created, next.created, taken), union(taken, next.taken, created), false);
        }

        private static List<String> union(List<String> a, List<String> b, List<String> not) {
            return Stream.concat(a.stream(), b.stream().filter(p -> !not.contains(p)))
                    .distinct()
                    .toList();
        }
    }

    private Before(Remote remote, Kept kept, List<String> already) {
        this.remote = remote;
        this.kept = kept;
        this.already = already;
    }

    /// Begins: what was kept of the copying before this one goes, unless that one broke off.
    static Before begin(Remote remote, Kept now) throws IOException {
        Optional<Before> older = of(remote);
        Before before = new Before(remote, now, List.of());
        if (older.isPresent() && older.get().brokenOff()) {
            Kept first = older.get().kept;
            before = new Before(remote, first.and(now), first.taken());
        } else if (older.isPresent()) {
            remote.discard(PATH); // first: with half of its files it must never be put back
            older.get().kept.taken().forEach(p -> remote.discard(FOLDER + p));
        }
        write(remote, before.kept);
        for (String path : before.kept.taken()) {
            remote.makeParents(FOLDER + path);
        }
        return before;
    }

    private static void write(Remote remote, Kept kept) throws ProblemException {
        remote.put(PATH + PART, new ByteArrayInputStream(JSON.writeValueAsBytes(kept)));
        remote.rename(PATH + PART, PATH);
    }

    /// Whether the copying did not come to its end.
    boolean brokenOff() {
        return !kept.finished();
    }

    /// Whether the copying made this file.
    boolean created(String path) {
        return kept.created().contains(path);
    }

    /// The new files have their names.
    void finish() throws ProblemException {
        write(remote, new Kept(kept.created(), kept.taken(), true));
    }

    /// What the last copying kept, if anything.
    static Optional<Before> of(Remote remote) throws IOException {
        Optional<Stat> stat = remote.stat(PATH);
        if (stat.isEmpty() || stat.get().size() > LARGEST) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        remote.get(PATH, bytes);
        try {
            String text = bytes.toString(StandardCharsets.UTF_8);
            return Optional.of(new Before(remote, JSON.readValue(text, Kept.class), List.of()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Whether an old file is kept.
    static boolean keeps(String path) {
        return !path.startsWith("generic/");
    }

    /// Keeps an old file that is to be replaced, as long as it still has its name.
    ///
    /// @return whether it is kept; a large one is moved only when the new one is to take its name
    boolean keep(Remote hand, String path) throws ProblemException {
        if (already.contains(path) && hand.stat(FOLDER + path).isPresent()) {
            return true;
        }
        if (hand.stat(path).filter(s -> s.size() <= SMALL).isEmpty()) {
            return false;
        }
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        hand.get(path, old);
        hand.put(FOLDER + path + PART, new ByteArrayInputStream(old.toByteArray()));
        hand.rename(FOLDER + path + PART, FOLDER + path);
        return true;
    }

    /// Takes an old file away.
    void take(Remote hand, String path) throws ProblemException {
        if (kept.taken().contains(path) && !keep(hand, path)) {
            hand.rename(path, FOLDER + path);
        } else {
            hand.discard(path);
        }
    }

    /// Puts everything back as far as it was touched.
    ///
    /// @return how many files
    /// @throws ProblemException when the NAS refuses or goes away; doing it again goes on
    int restore() throws IOException {
        List<String> back = new ArrayList<>();
        for (String path : kept.taken()) {
            if (remote.stat(FOLDER + path).isPresent()) {
                remote.rename(FOLDER + path, path);
                back.add(path);
            }
        }
        for (String path : kept.created()) {
            if (remote.stat(path).isPresent()) {
                remote.discard(path);
                back.add(path);
            }
        }
        // The manifest tells of the files as they were; those that differ are read back then.
        remote.discard(PATH);
        return back.size();
    }
}
