package dev.ichor.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The cluster folders that are there, the latest first.
final class Recent {
    private static final String PROJECT = "cluster.json";
    private static final int SHOWN = 5;

    /// A host name's label (RFC 1123 section 2.1): the folder's name becomes the cluster's.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final Path home;

    Recent(Path home) {
        this.home = home;
    }

    /// At most five names.
    List<String> names() {
        try (Stream<Path> all = Files.list(home)) {
            return all.filter(p -> Files.isRegularFile(p.resolve(PROJECT)))
                    .sorted(Comparator.comparing(Recent::changed).reversed())
                    .limit(SHOWN)
                    .map(p -> p.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Whether a cluster can be called so.
    boolean fits(String name) {
        return NAME.matcher(name).matches();
    }

    /// Where the cluster of this name lies, or will lie.
    Path folder(String name) {
        return home.resolve(name);
    }

    private static FileTime changed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve(PROJECT));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
