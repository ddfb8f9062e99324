package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.diagnosis.Patience;
import dev.ichor.netboot.Notebook;
import dev.ichor.talos.OwnerOnly;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where one cluster's files live: `cluster.json`, `private/` (owner-only), `boot/`, `logs/`.
///
/// Everything but `private/` and `logs/` is fit for git; a `.gitignore` that names both is written
/// first.
///
/// @param root the folder
public record ClusterFolder(Path root) {
    private static final List<String> IGNORED = List.of("private/", "logs/");

    /// Makes the folder and what must be there before anything secret is; keeps what is there.
    ///
    /// @throws IOException when it cannot be written
    public static ClusterFolder open(Path root) throws IOException {
        ClusterFolder folder = new ClusterFolder(root.toAbsolutePath());
        try {
            return made(folder);
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "The cluster folder " + root + " cannot be used.",
                            reason(e, folder.root()),
                            "Choose a folder that you may write to."),
                    e);
        }
    }

    private static ClusterFolder made(ClusterFolder folder) throws IOException {
        Path root = folder.root();
        Files.createDirectories(root);
        ignore(root.resolve(".gitignore"));
        Files.createDirectories(folder.logs());
        OwnerOnly.folder(folder.confidential());
        return folder;
    }

    /// An owner's own `.gitignore` is kept and gets the lines that are missing.
    private static void ignore(Path file) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> missing = IGNORED.stream().filter(l -> !lines.contains(l)).toList();
        if (!missing.isEmpty()) {
            Files.write(
                    file,
                    Stream.concat(lines.stream(), missing.stream()).toList(),
                    StandardCharsets.UTF_8);
        }
    }

    /// `private/`, for the owner's eyes only.
    Path confidential() {
        return root.resolve("private");
    }

    /// `private/secrets.yaml`, talosctl's own bundle.
    public Path secrets() {
        return confidential().resolve("secrets.yaml");
    }

    /// `private/private.age`: all secret files, where a passphrase covers them.
    public Path locked() {
        return confidential().resolve("private.age");
    }

    /// `private/talosconfig`.
    public Path talosconfig() {
        return confidential().resolve("talosconfig");
    }

    /// `private/kubeconfig`.
    public Path kubeconfig() {
        return confidential().resolve("kubeconfig");
    }

    /// `private/bootstrap`: that etcd was bootstrapped.
    Path bootstrap() {
        return confidential().resolve("bootstrap");
    }

    /// `private/control.json`: how other commands reach a running server.
    public Path control() {
        return confidential().resolve("control.json");
    }

    /// Takes the folder for a front that keeps it open.
    ///
    /// @throws HeldException when another has it
    FolderLock alone() throws IOException {
        return FolderLock.take(confidential().resolve("window.lock"))
                .orElseThrow(() -> new HeldException(root));
    }

    /// `machines/`, what is remembered of each machine from boot to boot.
    Path machines() {
        return root.resolve("machines");
    }

    /// `logs/`.
    public Path logs() {
        return root.resolve("logs");
    }

    /// How long each machine may be silent, as its slow boots have taught; nothing when it cannot
    /// be read.
    public Map<Mac, Patience> patience() {
        try {
            return Patience.read(notebook(SlowMachines.NAME).read());
        } catch (IOException e) {
            return Map.of();
        }
    }

    /// Lines that a running server keeps over a restart: `logs/NAME.txt`.
    Notebook notebook(String name) {
        Path file = logs().resolve(name + ".txt");
        return new Notebook() {
            @Override
            public List<String> read() throws IOException {
                return Files.exists(file) ? Files.readAllLines(file) : List.of();
            }

            @Override
            public void write(List<String> lines) throws IOException {
                replace(file, String.join("\n", lines) + "\n");
            }
        };
    }

    /// The log of what happens on one day.
    Path bootLog(Instant now) {
        return logs().resolve("boot-" + now.atZone(ZoneOffset.UTC).toLocalDate() + ".jsonl");
    }

    /// The log of the last day on which anything was served.
    ///
    /// @throws ProblemException when there is none
    public Path newestLog() throws IOException {
        try (Stream<Path> all = Files.isDirectory(logs()) ? Files.list(logs()) : Stream.empty()) {
            return all.filter(f -> f.toString().endsWith(".jsonl"))
                    .max(Comparator.comparing(Path::getFileName))
                    .orElseThrow(() ->
                            new ProblemException(
                                    "There is no boot log in " + logs() + ".",
                                    "Nothing was served from this cluster's folder yet.",
                                    "Start the boot server (ichor serve), switch a machine on, and"
                                            + " ask again."));
        }
    }

    /// `boot/`, the tree as files.
    public Path boot() {
        return root.resolve("boot");
    }

    /// Whether a cluster was saved here.
    public boolean exists() {
        return Files.exists(json());
    }

    /// The draft as saved.
    ///
    /// @throws ProblemException when there is none, or it is broken or from a newer version; the
    ///   file stays as it is
    public Draft read() throws IOException {
        try {
            return DraftJson.read(Files.readString(json()), json());
        } catch (CharacterCodingException | AccessDeniedException e) {
            throw new ProblemException(
                    new Problem(
                            json() + " cannot be read.",
                            e instanceof AccessDeniedException
                                    ? "You have no right to."
                                    : "It holds bytes that are no text.",
                            "It was left as it is. Restore a copy, or choose another folder."),
                    e);
        } catch (NoSuchFileException e) {
            throw new ProblemException(
                    "There is no cluster in " + root + ".",
                    "The file cluster.json is missing.",
                    "Choose another folder, or begin a new cluster.");
        }
    }

    /// Saves the draft: a temporary file, then a move into place.
    public void write(Draft draft) throws IOException {
        replace(json(), DraftJson.write(draft));
    }

    /// Replaces a file as a whole; the old one stays until the new one is complete.
    ///
    /// @throws ProblemException when the disk is full or the folder is gone
    static void replace(Path file, String text) throws IOException {
        replace(file, part -> Files.writeString(part, text));
    }

    /// Writes a file that only the owner may read. Replaces an older one as a whole.
    ///
    /// @throws ProblemException when the disk is full or the folder is gone
    static void writeSecret(Path file, String text) throws IOException {
        replace(file, part -> OwnerOnly.write(part, text));
    }

    /// Makes a file's new content.
    @FunctionalInterface
    interface Writer {
        /// Writes it to a name that is free.
        void to(Path part) throws IOException;
    }

    static void replace(Path file, Writer writer) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            writer.to(part);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(part);
            throw new ProblemException(
                    new Problem(
                            file + " could not be saved.",
                            reason(e, file),
                            "The file before is untouched; mend that and try again."),
                    e);
        }
    }

    /// What could not be written is of no use; failing to remove it must not hide why.
    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.getLogger(ClusterFolder.class.getName())
                    .log(System.Logger.Level.INFO, "left behind: " + part, e);
        }
    }

    private Path json() {
        return root.resolve("cluster.json");
    }

    private static String reason(IOException e, Path file) {
        try {
            FileStore store = Files.getFileStore(file.toAbsolutePath().getParent());
            if (store.getUsableSpace() < 4096) {
                return "The disk is full.";
            }
        } catch (IOException ignored) {
            return "The folder cannot be reached any more.";
        }
        return "The system says: " + e.getMessage() + ".";
    }
}
