package dev.ichor.artifacts;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Problem;

import java.nio.file.Path;
import java.util.List;

/// Finds the stock iPXE loaders on this PC.
public final class LoaderFinder {
    private LoaderFinder() {}

    /// The loaders in these folders; the earlier folder wins for each firmware.
    public static Loaders find(List<Path> folders) {
        throw new UnsupportedOperationException("" + folders);
    }

    /// The program's own folder first, then where the system's packages put them.
    public static List<Path> usualFolders() {
        throw new UnsupportedOperationException();
    }

    /// What to tell when none is found: which package to install.
    public static Problem missing() {
        throw new UnsupportedOperationException();
    }
}
