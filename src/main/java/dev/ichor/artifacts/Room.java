package dev.ichor.artifacts;

import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the disk has room, asked before the download begins.
final class Room {
    private Room() {}

    /// @param bytes still to come, or −1 when not known
    static void check(Path file, long bytes) throws ProblemException {
        Path folder = file.resolveSibling(".").normalize();
        try {
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (bytes > free) {
                throw Words.noRoom(folder, bytes, free);
            }
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw Words.cannotWrite(file, e);
        }
    }
}
