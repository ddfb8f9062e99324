package dev.ichor.boot;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A [BootTree] that reads a Matchbox data folder at each request. A link that leads out of it is
/// not followed.
record FolderTree(Path data, Path assets) implements BootTree {
    private static final String ASSETS = "assets/";

    @Override
    public Optional<Content> get(String path) throws IOException {
        Path root = path.startsWith(ASSETS) ? assets : data;
        String rest = path.startsWith(ASSETS) ? path.substring(ASSETS.length()) : path;
        Path file = below(root, rest).map(Path::normalize).orElse(null);
        return file == null
                        || !file.startsWith(root.normalize())
                        || !Files.exists(file)
                        || !file.toRealPath().startsWith(root.toRealPath())
                ? Optional.empty()
                : Content.File.ifThere(file);
    }

    /// @return empty for a name this system's files cannot have, for instance one with an umlaut
    ///   where the locale is ASCII only
    private static Optional<Path> below(Path root, String name) {
        try {
            return Optional.of(root.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public SortedSet<String> list(String folder) throws IOException {
        SortedSet<String> all = new TreeSet<>();
        if (!folder.startsWith("assets")) {
            walk(data, folder, "", all);
        }
        if (folder.isEmpty() || folder.startsWith("assets")) {
            walk(
                    assets,
                    folder.length() <= ASSETS.length() ? "" : folder.substring(ASSETS.length()),
                    ASSETS,
                    all);
        }
        return all;
    }

    /// One look at each file, for a request may need a thousand.
    @Override
    public Map<String, Content> files(String folder) throws IOException {
        Path start =
                folder.equals("assets") || folder.startsWith(ASSETS)
                        ? assets.resolve(folder.substring("assets".length()).replaceFirst("^/", ""))
                        : data.resolve(folder);
        Map<String, Content> all = new HashMap<>();
        if (!Files.isDirectory(start)) {
            return all;
        }
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(start)) {
            for (Path file : inside) {
                String path = folder + "/" + file.getFileName();
                Optional<Content> content =
                        Content.File.ifThere(file, LinkOption.NOFOLLOW_LINKS)
                                .or(() -> linked(path, file));
                content.ifPresent(c -> all.put(path, c));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    private Optional<Content> linked(String path, Path file) {
        try {
            return Files.isSymbolicLink(file) ? get(path) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // gone since the folder was listed
        }
    }

    private static void walk(Path root, String folder, String prefix, SortedSet<String> all)
            throws IOException {
        Path start = below(root, folder).orElse(null);
        if (start == null || !Files.isDirectory(start)) {
            return;
        }
        try (Stream<Path> files = Files.walk(start)) {
            files.filter(Files::isRegularFile)
                    .forEach(f ->
                            all.add(prefix + root.relativize(f).toString().replace('\\', '/')));
        }
    }
}
