package dev.ichor.artifacts;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Debian's package database, asked for the version of an iPXE build that does not tell it.
///
/// @param root holds `status` and `info/PACKAGE.list` (dpkg's own files)
record Dpkg(Path root) {
    static final Dpkg SYSTEM = new Dpkg(Path.of("/var/lib/dpkg"));

    /// Without the epoch's and Debian's own part, or empty when no package of iPXE's owns a file
    /// there.
    String versionIn(Path folder) {
        try (DirectoryStream<Path> lists =
                Files.newDirectoryStream(root.resolve("info"), "ipxe*.list")) {
            for (Path list : lists) {
                if (Files.readAllLines(list).contains(folder.toString())) {
                    String name = list.getFileName().toString();
                    return version(name.substring(0, name.length() - ".list".length()));
                }
            }
        } catch (IOException e) {
            // No Debian, or nothing we may read: then nothing is known.
        }
        return "";
    }

    private String version(String packageName) throws IOException {
        List<String> lines = Files.readAllLines(root.resolve("status"));
        int at = lines.indexOf("Package: " + packageName);
        return lines.stream()
                .skip(at < 0 ? lines.size() : at)
                .takeWhile(l -> !l.isEmpty())
                .filter(l -> l.startsWith("Version: "))
                .map(l -> l.substring("Version: ".length()).replaceFirst("^\\d+:", ""))
                .findFirst()
                .orElse("");
    }
}
