package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Where one cluster's files live: `cluster.json`, `private/` (owner-only), `boot/`, `logs/`.
///
/// Everything but `private/` and `logs/` is fit for git; a `.gitignore` that names both is written
/// first.
///
/// @param root the folder
public record ClusterFolder(Path root) {
    private static final String IGNORED = "private/\nlogs/\n";

    /// Makes the folder and what must be there before anything secret is; keeps what is there.
    ///
    /// @throws IOException when it cannot be written
    public static ClusterFolder open(Path root) throws IOException {
        Files.createDirectories(root);
        ClusterFolder folder = new ClusterFolder(root.toAbsolutePath());
        Path ignore = root.resolve(".gitignore");
        if (Files.notExists(ignore)) {
            Files.writeString(ignore, IGNORED);
        }
        Files.createDirectories(folder.logs());
        Files.createDirectories(folder.confidential());
        ownerOnly(folder.confidential());
        return folder;
    }

    /// `private/`, for the owner's eyes only.
    private Path confidential() {
        return root.resolve("private");
    }

    /// `private/secrets.yaml`, talosctl's own bundle.
    public Path secrets() {
        return confidential().resolve("secrets.yaml");
    }

    /// `private/talosconfig`.
    public Path talosconfig() {
        return confidential().resolve("talosconfig");
    }

    /// `private/kubeconfig`.
    public Path kubeconfig() {
        return confidential().resolve("kubeconfig");
    }

    /// `private/control.json`: how other commands reach a running server.
    public Path control() {
        return confidential().resolve("control.json");
    }

    /// `logs/`.
    public Path logs() {
        return root.resolve("logs");
    }

    /// The log of what happens on one day.
    Path bootLog(Instant now) {
        return logs().resolve("boot-" + now.atZone(ZoneOffset.UTC).toLocalDate() + ".jsonl");
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
    static void replace(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw new ProblemException(
                    new dev.ichor.cluster.Problem(
                            file + " could not be saved.",
                            reason(e, file),
                            "The file before is untouched; try again."),
                    e);
        }
    }

    /// Writes a file that only the owner may read. Replaces an older one.
    static void writeSecret(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part);
        ownerOnly(part);
        Files.write(
                part, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

    private static void ownerOnly(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        Set<String> views = path.getFileSystem().supportedFileAttributeViews();
        if (views.contains("posix")) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(folder ? "rwx------" : "rw-------"));
        } else if (views.contains("acl")) {
            AclFileAttributeView acl = Files.getFileAttributeView(path, AclFileAttributeView.class);
            AclEntry owner =
                    AclEntry.newBuilder()
                            .setType(AclEntryType.ALLOW)
                            .setPrincipal(acl.getOwner())
                            .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                            .build();
            acl.setAcl(List.of(owner));
        }
    }
}
