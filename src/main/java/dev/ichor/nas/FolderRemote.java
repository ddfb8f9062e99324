package dev.ichor.nas;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.TransferWords.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// A folder this PC sees itself: a mounted share, a drive, on Windows also a UNC path.
final class FolderRemote implements Remote {
    private static final System.Logger LOG = System.getLogger(FolderRemote.class.getName());

    /// Less than this left after a failure means that the disk is full.
    private static final long NEARLY_NOTHING = 1 << 20;

    private final Path folder;

    private FolderRemote(Path folder) {
        this.folder = folder;
    }

    /// The folder itself is never made: where it is missing the share is perhaps not mounted.
    static FolderRemote open(NasTarget target) throws ProblemException {
        try {
            Path folder = Path.of(target.folder());
            if (folder.isAbsolute() && Files.isDirectory(folder)) {
                return new FolderRemote(folder);
            }
        } catch (InvalidPathException e) {
            LOG.log(Level.DEBUG, "no path: {0}", e.getMessage());
        }
        throw new ProblemException(
                "There is no folder " + target.folder() + " on this PC.",
                "The name is wrong, or the share is not connected.",
                "Connect the share or make the folder, and name it whole, for instance"
                        + " \\\\nas\\docker\\matchbox.");
    }

    @Override
    public Optional<Stat> stat(String path) throws ProblemException {
        try {
            var a = Files.readAttributes(full(path), BasicFileAttributes.class);
            return Optional.of(new Stat(a.size(), (int) a.lastModifiedTime().to(TimeUnit.SECONDS)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw words("looked at", path, e);
        }
    }

    @Override
    public void get(String path, OutputStream to) throws ProblemException {
        try {
            Files.copy(full(path), to);
        } catch (IOException e) {
            throw words("read", path, e);
        }
    }

    @Override
    public long whole(long size) {
        return size;
    }

    @Override
    public void put(String path, InputStream in, long from) throws ProblemException {
        try (in) {
            if (from == 0) {
                Files.copy(in, full(path), StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try (var out = Files.newOutputStream(full(path), StandardOpenOption.APPEND)) {
                in.transferTo(out);
            }
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw words("written", path, e);
        }
    }

    @Override
    public void discard(String path) {
        try {
            Files.deleteIfExists(full(path));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "left behind: {0}", full(path));
        }
    }

    @Override
    public void rename(String from, String to) throws ProblemException {
        try {
            Files.move(full(from), full(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw words("renamed", to, e);
        }
    }

    @Override
    public void makeParents(String path) throws ProblemException {
        try {
            Files.createDirectories(full(path + "/..").normalize());
        } catch (IOException e) {
            throw words("made", path, e);
        }
    }

    @Override
    public Optional<List<String>> names(String path) {
        try (var all = Files.list(full(path).normalize())) {
            return Optional.of(
                    all.map(f -> f.getFileName() + (Files.isDirectory(f) ? "/" : ""))
                            .sorted()
                            .toList());
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "not shown: {0}", path);
            return Optional.empty();
        }
    }

    @Override
    public Readers shut(String path) throws ProblemException {
        var view = Files.getFileAttributeView(full(path), PosixFileAttributeView.class);
        if (view == null) {
            return Readers.UNTOLD;
        }
        try {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
            String now = PosixFilePermissions.toString(view.readAttributes().permissions());
            return now.endsWith("------") ? Readers.OWNER : Readers.OTHERS;
        } catch (IOException e) {
            throw words("shut", path, e);
        }
    }

    @Override
    public OptionalLong free() {
        try {
            return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public Remote another() {
        return this;
    }

    /// Nothing is held open.
    @Override
    public void close() {}

    private ProblemException words(String done, String path, IOException e) {
        return TransferWords.of(done, full(path).toString(), reason(e), e);
    }

    private Reason reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> Reason.DENIED;
            case NoSuchFileException _ -> Reason.MISSING;
            default -> free().orElse(Long.MAX_VALUE) < NEARLY_NOTHING ? Reason.FULL : Reason.UNTOLD;
        };
    }

    private Path full(String path) {
        return folder.resolve(path);
    }
}
