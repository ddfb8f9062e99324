package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Comparison.Change;
import dev.ichor.nas.Comparison.File;
import dev.ichor.nas.Remote.Stat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// One copying of a tree, in two acts. First everything that differs is sent beside the old files
/// and read back: what breaks off there changes nothing, and the next time goes on with what has
/// arrived. Then the new files take their names, groups last, and what is no more goes.
final class Deployment {
    private static final String PART = ".part";

    private final BootTree tree;
    private final Remote remote;
    private final String who;
    private final Progress progress;

    /// @param who copies, in words
    Deployment(BootTree tree, Remote remote, String who, Consumer<Amount> progress) {
        this.tree = tree;
        this.remote = remote;
        this.who = who;
        this.progress = new Progress(progress);
    }

    DeployReport run() throws IOException {
        Lock lock = Lock.take(remote, who);
        try {
            return run(lock);
        } finally {
            lock.release();
        }
    }

    private DeployReport run(Lock lock) throws IOException {
        try (Crew crew = new Crew(remote)) {
            Comparison comparison = Comparison.of(tree, remote, crew);
            List<File> changed =
                    comparison.files().stream().filter(f -> f.change() != Change.KEEP).toList();
            refuseWithoutRoom(comparison.bytes());
            progress.all(comparison.bytes());
            try {
                copy(crew, comparison, changed, lock);
            } catch (ProblemException e) {
                clear(changed);
                throw e;
            }
            if (comparison.manifest().changed()) {
                write(comparison.manifest());
            }
            int kept = comparison.files().size() - changed.size();
            return new DeployReport(
                    changed.size(), kept, comparison.gone().size(), progress.sent());
        }
    }

    private void copy(Crew crew, Comparison comparison, List<File> changed, Lock lock)
            throws IOException {
        Map<String, String> hashes = send(crew, changed);
        lock.renew();
        if (!changed.isEmpty() || !comparison.gone().isEmpty()) {
            swap(crew, comparison, changed, hashes);
        } else {
            finish(comparison.manifest());
        }
    }

    private void refuseWithoutRoom(long needed) throws ProblemException {
        OptionalLong free = remote.free();
        if (free.isPresent() && free.getAsLong() < needed) {
            throw TransferWords.noRoom(needed, free.getAsLong());
        }
    }

    /// Large ones first, so that no single one is left at the end.
    private Map<String, String> send(Crew crew, List<File> changed) throws IOException {
        List<File> order =
                changed.stream()
                        .sorted(Comparator.comparingLong((File f) -> -f.content().size()))
                        .toList();
        for (File file : order) {
            remote.makeParents(file.path());
        }
        List<String> sent = crew.each(order, this::send);
        Map<String, String> hashes = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            hashes.put(order.get(i).path(), sent.get(i));
        }
        return hashes;
    }

    /// A NAS that refuses or is full keeps nothing of what was sent; one that is away keeps it.
    private void clear(List<File> changed) {
        if (answers()) {
            changed.forEach(f -> remote.discard(f.path() + PART));
        }
    }

    private boolean answers() {
        try {
            return remote.stat(Lock.PATH).isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }

    /// Sends to a temporary name and reads it back.
    ///
    /// @return its SHA-256
    private String send(Remote hand, File file) throws IOException {
        String part = file.path() + PART;
        Optional<String> arrived = arrived(hand, file);
        if (arrived.isPresent()) {
            progress.skip(file);
            return arrived.get();
        }
        try {
            String sent = put(hand, part, progress.counting(open(file), file.path()));
            if (!hand.hash(part).equals(sent)) {
                throw TransferWords.damaged(file.path());
            }
            return sent;
        } catch (ProblemException e) {
            hand.discard(part);
            throw e;
        }
    }

    /// An earlier try, broken off, has sent it in full.
    private static Optional<String> arrived(Remote hand, File file) throws IOException {
        Optional<Stat> part = hand.stat(file.path() + PART);
        if (part.isEmpty() || part.get().size() != file.content().size()) {
            return Optional.empty();
        }
        String here = Hashes.of(file.content());
        return hand.hash(file.path() + PART).equals(here) ? Optional.of(here) : Optional.empty();
    }

    private static InputStream open(File file) throws ProblemException {
        try {
            return file.content().open();
        } catch (IOException e) {
            throw TransferWords.unreadable(file.path(), e);
        }
    }

    private static String put(Remote hand, String part, InputStream in) throws ProblemException {
        MessageDigest digest = Hashes.sha256();
        hand.put(part, new DigestInputStream(in, digest));
        return Hashes.hex(digest);
    }

    private void swap(
            Crew crew, Comparison comparison, List<File> changed, Map<String, String> hashes)
            throws IOException {
        Before before = Before.begin(remote, comparison.kept());
        Manifest manifest = comparison.manifest();
        manifest.own(before::created);
        try {
            for (boolean groups : new boolean[] {false, true}) {
                List<File> now = changed.stream().filter(f -> f.isGroup() == groups).toList();
                List<Stat> stats = crew.each(now, (hand, f) -> name(hand, f, before));
                for (int i = 0; i < now.size(); i++) {
                    String path = now.get(i).path();
                    manifest.put(path, stats.get(i), String.valueOf(hashes.get(path)));
                }
            }
            for (String path : comparison.gone()) {
                before.take(remote, path);
                manifest.remove(path);
            }
            before.finish();
        } catch (ProblemException e) {
            restore(before, e);
            throw e;
        }
    }

    private static Stat name(Remote hand, File file, Before before) throws ProblemException {
        if (file.change() == Change.REPLACE
                && Before.keeps(file.path())
                && !before.created(file.path())
                && !before.keep(hand, file.path())) {
            before.take(hand, file.path());
        }
        hand.rename(file.path() + PART, file.path());
        return hand.stat(file.path()).orElseThrow(() -> TransferWords.damaged(file.path()));
    }

    /// The last copying broke off when all was named.
    private void finish(Manifest manifest) throws IOException {
        Optional<Before> before = Before.of(remote).filter(Before::brokenOff);
        if (before.isPresent()) {
            manifest.own(before.get()::created);
            before.get().finish();
        }
    }

    private void write(Manifest manifest) throws ProblemException {
        remote.put(Manifest.PATH + PART, new ByteArrayInputStream(manifest.bytes()));
        remote.rename(Manifest.PATH + PART, Manifest.PATH);
    }

    /// A NAS that is away keeps its list; the next copying or an undo goes on from there.
    private static void restore(Before before, ProblemException because) {
        try {
            before.restore();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
