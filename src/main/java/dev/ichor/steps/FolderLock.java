package dev.ichor.steps;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file that one program holds at a time; the system lets go of it when the program dies.
///
/// @param held the open file
record FolderLock(FileChannel held) implements AutoCloseable {
    /// Empty when another has it.
    static Optional<FolderLock> take(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very program.
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
