package dev.ichor.talos;

import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// New files and folders that only their owner may read: mode 600 and 700, on Windows an access
/// list of one entry.
public final class OwnerOnly {
    private static final Set<StandardOpenOption> FRESH =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private OwnerOnly() {}

    /// Writes a file that must not be there yet.
    ///
    /// @throws ProblemException naming the file, when it is there already
    /// @throws IOException when it cannot be written; nothing of it stays then
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// As above, with bytes.
    public static void write(Path file, byte[] bytes) throws IOException {
        try (SeekableByteChannel out =
                Files.newByteChannel(file, FRESH, attributes(file, "rw-------"))) {
            restrict(file); // before there is anything to read
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                out.write(rest);
            }
        } catch (FileAlreadyExistsException _) {
            throw exists(file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /// Writes files, replacing those that are there: all of them, or none when one cannot be
    /// written.
    ///
    /// @throws IOException when one cannot be written
    public static void replaceAll(Map<Path, String> texts) throws IOException {
        Map<Path, Path> parts = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, String> e : texts.entrySet()) {
                Path part = e.getKey().resolveSibling(e.getKey().getFileName() + ".part");
                Files.deleteIfExists(part);
                parts.put(part, e.getKey());
                write(part, e.getValue());
            }
            for (Map.Entry<Path, Path> e : parts.entrySet()) {
                Files.move(e.getKey(), e.getValue(), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            for (Path part : parts.keySet()) {
                Files.deleteIfExists(part);
            }
        }
    }

    /// Makes the folder when it is missing; one that is there stays as it is.
    ///
    /// @throws IOException when it cannot be made
    public static void folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder, attributes(folder, "rwx------"));
        restrict(folder);
    }

    static ProblemException exists(Path file) {
        return new ProblemException(
                file + " exists already.",
                "Ichor never overwrites a file with secrets.",
                "Choose another folder, or move the file away first.");
    }

    private static FileAttribute<?>[] attributes(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }

    private static void restrict(Path path) throws IOException {
        AclFileAttributeView acl = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (acl != null) {
            acl.setAcl(
                    List.of(
                            AclEntry.newBuilder()
                                    .setType(AclEntryType.ALLOW)
                                    .setPrincipal(acl.getOwner())
                                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                                    .build()));
        }
    }
}
