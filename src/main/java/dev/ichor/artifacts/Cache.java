package dev.ichor.artifacts;

import dev.ichor.cluster.Arch;
import dev.ichor.cluster.BootFiles;
import dev.ichor.cluster.CachedTalos;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Origin;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Downloads of all clusters on this PC: `sha256/HEX` holds the files by their content, `talos/`
/// says which release has which, `partial/` what is not complete yet, `lists/` what servers
/// offered.
///
/// A file gets its name only when it is complete and checked; one that is there is never replaced
/// while it is right, so nothing is renamed over a file that a server holds open.
public final class Cache {
    private final Path root;

    /// @param root folder; made when first needed
    public Cache(Path root) {
        this.root = root.toAbsolutePath();
    }

    /// Its folder.
    public Path root() {
        return root;
    }

    /// Everything that was downloaded, newest release first.
    public List<CachedTalos> list() throws IOException {
        List<CachedTalos> all = new ArrayList<>();
        for (Entry e : entries()) {
            all.add(
                    new CachedTalos(
                            e.talos(),
                            e.image(),
                            e.arch(),
                            size(e.kernel()) + size(e.initramfs()),
                            e.fetched(),
                            e.origin()));
        }
        return all;
    }

    /// Deletes what is not to be kept, and pieces of broken downloads; files that something else
    /// shares stay. Checksums of Factory images stay remembered.
    ///
    /// @return bytes freed
    public long prune(Predicate<CachedTalos> keep) throws IOException {
        Set<String> used = new HashSet<>();
        List<CachedTalos> all = list();
        List<Entry> entries = entries();
        for (int i = 0; i < entries.size(); i++) {
            Entry e = entries.get(i);
            if (keep.test(all.get(i))) {
                used.add(e.kernel().sha256());
                used.add(e.initramfs().sha256());
            } else if (e.origin() != Origin.PINNED) {
                Files.deleteIfExists(root.resolve("talos").resolve(e.file()));
            }
        }
        return deleteAll("sha256", p -> !used.contains(p.getFileName().toString()))
                + deleteAll("partial", p -> true);
    }

    private long deleteAll(String folder, Predicate<Path> which) throws IOException {
        long freed = 0;
        for (Path p : files(folder)) {
            if (which.test(p)) {
                freed += Files.size(p);
                delete(p);
            }
        }
        return freed;
    }

    private static void delete(Path file) throws ProblemException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ProblemException(
                    new dev.ichor.cluster.Problem(
                            file + " cannot be deleted.",
                            "It is in use, perhaps by a boot server that runs.",
                            "Stop it and try again."),
                    e);
        }
    }

    /// The file with this content, if it is here and whole.
    Optional<Path> find(String sha256) throws IOException, InterruptedException {
        Path file = blob(sha256);
        return Sums.matches(file, sha256) ? Optional.of(file) : Optional.empty();
    }

    /// Where a download collects its bytes.
    Partial partial(String name) {
        return new Partial(root.resolve("partial").resolve(name + ".part"));
    }

    /// Gives a complete and checked file its place.
    Blob keep(Partial complete, String sha256) throws IOException, InterruptedException {
        Path to = blob(sha256);
        long bytes = complete.size();
        try {
            Files.createDirectories(to.getParent());
            if (!Sums.matches(to, sha256)) {
                Files.move(
                        complete.file(),
                        to,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw Words.cannotWrite(to, e);
        }
        complete.delete();
        return new Blob(sha256, bytes);
    }

    Optional<Entry> entry(TalosVersion talos, Image image, Arch arch) throws IOException {
        return read("talos", Entry.file(talos, image, arch)).flatMap(Entry::read);
    }

    void remember(Entry entry) throws ProblemException {
        write("talos", entry.file(), entry.json());
    }

    /// What boots, if both files are here and whole: both are read.
    Optional<BootFiles> files(Entry e) throws IOException, InterruptedException {
        return find(e.kernel().sha256()).isPresent() && find(e.initramfs().sha256()).isPresent()
                ? Optional.of(placed(e))
                : Optional.empty();
    }

    /// What boots, of files that were checked just now.
    BootFiles placed(Entry e) {
        return new BootFiles(
                blob(e.kernel().sha256()),
                blob(e.initramfs().sha256()),
                e.kernel().bytes() + e.initramfs().bytes(),
                e.origin());
    }

    Optional<String> read(String folder, String name) throws IOException {
        try {
            return Optional.of(Files.readString(root.resolve(folder).resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(String folder, String name, String text) throws ProblemException {
        Path file = root.resolve(folder).resolve(name);
        Path part = file.resolveSibling(name + ".part");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Words.cannotWrite(file, e);
        }
    }

    private List<Entry> entries() throws IOException {
        List<Entry> all = new ArrayList<>();
        for (Path p : files("talos")) {
            read("talos", p.getFileName().toString()).flatMap(Entry::read).ifPresent(all::add);
        }
        all.sort(
                Comparator.comparing((Entry e) ->
                                TalosVersion.parse(e.talos()).orElse(TalosVersion.OLDEST))
                        .reversed()
                        .thenComparing(Entry::file));
        return all;
    }

    private List<Path> files(String folder) throws IOException {
        Path in = root.resolve(folder);
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(in)) {
            return all.sorted().toList();
        }
    }

    private long size(Blob blob) throws IOException {
        Path file = blob(blob.sha256());
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private Path blob(String sha256) {
        return root.resolve("sha256").resolve(sha256);
    }
}
