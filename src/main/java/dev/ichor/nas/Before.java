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

/// What a copying has replaced or taken away, kept on the NAS so that it can be put back: in the
/// middle, when something fails, or later, when the owner wants the state before. Files of
/// `generic/` may hold secrets and are never kept.
final class Before {
    /// The folder the old files are in.
    static final String FOLDER = ".ichor-before/";

    static final String PATH = ".ichor-before.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST = 8 << 20;

    private final Remote remote;
    private final Kept kept;

    /// The list, written before anything is touched.
    ///
    /// @param created paths that were not there
    /// @param taken paths whose old file is in [#FOLDER]
    record Kept(List<String> created, List<String> taken) {
        Kept {
            created = List.copyOf(created);
            taken = List.copyOf(taken);
        }
    }

    private Before(Remote remote, Kept kept) {
        this.remote = remote;
        this.kept = kept;
    }

    /// Begins: what was kept of the copying before this one goes.
    static Before begin(Remote remote, Kept kept) throws IOException {
        Optional<Before> older = of(remote);
        if (older.isPresent()) {
            older.get().kept.taken().forEach(p -> remote.discard(FOLDER + p));
        }
        Before before = new Before(remote, kept);
        remote.put(PATH, new ByteArrayInputStream(JSON.writeValueAsBytes(kept)));
        for (String path : kept.taken()) {
            remote.makeParents(FOLDER + path);
        }
        return before;
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
            return Optional.of(new Before(remote, JSON.readValue(text, Kept.class)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Whether an old file is kept.
    static boolean keeps(String path) {
        return !path.startsWith("generic/");
    }

    /// Takes an old file away.
    static void take(Remote hand, String path) throws ProblemException {
        if (keeps(path)) {
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
