package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Comparison.Change;
import dev.ichor.nas.Comparison.File;
import dev.ichor.nas.Remote.Stat;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
    /// What a file is called until it is whole.
    static final String PART = ".part";

    /// Less is sooner sent again than looked at.
    private static final long WORTH_GOING_ON = 1 << 20;

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
            int kept = comparison.files().size() - changed.size();
            return new DeployReport(
                    changed.size(), kept, comparison.gone().size(), progress.sent());
        }
    }

    private void copy(Crew crew, Comparison comparison, List<File> changed, Lock lock)
            throws IOException {
        Map<String, String> hashes = send(crew, changed, comparison.parts());
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
    private Map<String, String> send(Crew crew, List<File> changed, Map<String, Stat> parts)
            throws IOException {
        List<File> order =
                changed.stream()
                        .sorted(Comparator.comparingLong((File f) -> -f.content().size()))
                        .toList();
        for (File file : order) {
            remote.makeParents(file.path());
        }
        List<Sent> sent = crew.each(order, (hand, f) -> send(hand, f, parts.get(f.path() + PART)));
        progress.readBack(sent.stream().filter(s -> !s.read()).mapToLong(Sent::size).sum());
        Map<String, String> hashes = new HashMap<>();
        for (Sent s : crew.each(sent, this::readBack)) {
            hashes.put(s.file().path(), s.sha256());
        }
        return hashes;
    }

    /// A file under its temporary name.
    ///
    /// @param from where sending went on, 0 for the whole
    /// @param read whether it was read back
    private record Sent(File file, String sha256, long from, boolean read) {
        long size() {
            return file.content().size();
        }
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

    /// Sends to a temporary name. An earlier try, broken off, may have sent it in full, or a part.
    private Sent send(Remote hand, File file, @Nullable Stat part) throws IOException {
        long there = part == null ? 0 : part.size();
        if (part != null && there == file.content().size()) {
            String here = Hashes.of(file.content());
            if (hand.hash(file.path() + PART, there).equals(here)) {
                progress.skip(file);
                return new Sent(file, here, 0, true);
            }
        }
        boolean goesOn = there >= WORTH_GOING_ON && there < file.content().size();
        return put(hand, file, goesOn ? hand.whole(there) : 0);
    }

    private Sent put(Remote hand, File file, long from) throws IOException {
        try (HashingAhead in = new HashingAhead(open(file))) {
            skip(in, file, from);
            hand.put(file.path() + PART, progress.counting(in, file.path()), from);
            return new Sent(file, in.sha256(), from, false);
        } catch (ProblemException e) {
            hand.discard(file.path() + PART);
            throw e;
        }
    }

    /// What is there already goes into the hash only.
    private void skip(InputStream in, File file, long from) throws ProblemException {
        try {
            byte[] block = new byte[1 << 16];
            for (long left = from; left > 0; ) {
                int n = in.read(block, 0, (int) Math.min(block.length, left));
                if (n < 0) {
                    throw new EOFException("it has become shorter");
                }
                left -= n;
            }
            progress.skip(file.path(), from);
        } catch (IOException e) {
            throw TransferWords.unreadable(file.path(), e);
        }
    }

    /// One that was continued may have begun as another version; it is sent once more, as a whole.
    private Sent readBack(Remote hand, Sent sent) throws IOException {
        if (sent.read()) {
            return sent;
        }
        String part = sent.file().path() + PART;
        try {
            Sent again = sent;
            String there = hand.hash(part, sent.size());
            if (!there.equals(sent.sha256()) && sent.from() > 0) {
                again = put(hand, sent.file(), 0);
                there = hand.hash(part, sent.size());
            }
            if (!there.equals(again.sha256())) {
                throw TransferWords.damaged(sent.file().path());
            }
            progress.read(sent.file());
            return again;
        } catch (ProblemException e) {
            hand.discard(part);
            throw e;
        }
    }

    private static InputStream open(File file) throws ProblemException {
        try {
            return file.content().open();
        } catch (IOException e) {
            throw TransferWords.unreadable(file.path(), e);
        }
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
                crew.each(now, (hand, f) -> name(hand, f, before));
                List<String> names = now.stream().map(File::path).toList();
                Map<String, Stat> there = Listing.of(crew, names);
                for (String path : names) {
                    Stat stat = there.get(path);
                    if (stat == null) {
                        throw TransferWords.damaged(path);
                    }
                    manifest.put(path, stat, String.valueOf(hashes.get(path)));
                }
            }
            for (String path : comparison.gone()) {
                before.take(remote, path);
                manifest.remove(path);
            }
            write(manifest); // first: a copying after this one must know what it sees
            before.finish();
        } catch (ProblemException e) {
            restore(before, e);
            throw e;
        }
    }

    private static String name(Remote hand, File file, Before before) throws ProblemException {
        if (file.change() == Change.REPLACE
                && Before.keeps(file.path())
                && !before.created(file.path())
                && !before.keep(hand, file.path())) {
            before.take(hand, file.path());
        }
        hand.rename(file.path() + PART, file.path());
        return file.path();
    }

    /// Nothing differs; perhaps the last copying broke off when all was named.
    private void finish(Manifest manifest) throws IOException {
        Optional<Before> before = Before.of(remote).filter(Before::brokenOff);
        before.ifPresent(b -> manifest.own(b::created));
        if (before.isPresent() || manifest.changed()) {
            write(manifest);
        }
        if (before.isPresent()) {
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
