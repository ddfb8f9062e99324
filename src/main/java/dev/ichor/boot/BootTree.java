package dev.ichor.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// Every file the machines will ask for, in Matchbox's data layout.
///
/// Paths are relative with forward slashes: `groups/NAME.json`, `profiles/ID.json`, `generic/…`,
/// `cloud/…`, `ignition/…`, `assets/…`. The built-in server answers from it, the NAS gets one too,
/// tests compare it.
public interface BootTree {
    /// The content at a path, as it is now.
    ///
    /// @return empty when there is no such file
    /// @throws IOException when it is there and cannot be read
    Optional<Content> get(String path) throws IOException;

    /// The paths below a folder (given without a trailing slash; empty for all), deep, sorted.
    SortedSet<String> list(String folder) throws IOException;

    /// What lies directly in a folder (given without a trailing slash), as it is now, by its path.
    ///
    /// @throws IOException when it is there and cannot be read
    default Map<String, Content> files(String folder) throws IOException {
        Map<String, Content> all = new HashMap<>();
        for (String path : list(folder)) {
            if (path.indexOf('/', folder.length() + 1) < 0) {
                get(path).ifPresent(content -> all.put(path, content));
            }
        }
        return all;
    }

    /// A tree held in memory, large files by reference.
    static BootTree of(Map<String, Content> files) {
        return new MemoryTree(files);
    }

    /// A live view of a Matchbox data folder; files are read at each request, as Matchbox does.
    ///
    /// @param data folder with `groups/`, `profiles/`…
    /// @param assets what `assets/` shows; may lie elsewhere
    static BootTree folder(Path data, Path assets) {
        return new FolderTree(data, assets);
    }
}
