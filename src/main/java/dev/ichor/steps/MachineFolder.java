package dev.ichor.steps;

import dev.ichor.cluster.ProblemException;
import dev.ichor.netboot.Rules;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// `machines/` of a cluster folder: one small file a machine. Locked while it is open, for two
/// servers would each know only half.
final class MachineFolder implements Rules.Store, AutoCloseable {
    private static final String JSON = ".json";

    private final Path folder;
    private final FolderLock lock;

    private MachineFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// @throws ProblemException when another server has it
    static MachineFolder open(ClusterFolder cluster) throws IOException {
        Path folder = cluster.machines();
        Files.createDirectories(folder);
        Path file = cluster.control().resolveSibling("serving.lock");
        FolderLock lock =
                FolderLock.take(file)
                        .orElseThrow(() ->
                                new ProblemException(
                                        "This cluster is being served already.",
                                        "Another Ichor on "
                                                + cluster.root()
                                                + " runs its boot server.",
                                        "Use that one, or stop it first."));
        return new MachineFolder(folder, lock);
    }

    @Override
    public Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String name, String text, boolean durable) throws IOException {
        ClusterFolder.replace(file(name), part -> write(part, text, durable));
    }

    private static void write(Path part, String text, boolean durable) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (FileChannel to =
                FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            if (durable) {
                to.force(true);
            }
        }
    }

    @Override
    public String putAside(String name) throws IOException {
        Path aside = folder.resolve(name + ".broken");
        Files.move(file(name), aside, StandardCopyOption.REPLACE_EXISTING);
        return aside.toString();
    }

    private Path file(String name) {
        return folder.resolve(name + JSON);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
