package dev.ichor.artifacts;

import dev.ichor.boot.Loaders;
import dev.ichor.boot.Loaders.Loader;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the stock boot loaders on this PC.
public final class LoaderFinder {
    /// The file beside loaders that names their version; the download leaves one.
    static final String VERSION_FILE = "VERSION";

    /// Packages put the builds of other processors one folder deeper.
    private static final int DEPTH = 2;

    private LoaderFinder() {}

    /// The loaders in these folders: those that use the firmware's own network driver first, and of
    /// the same kind the one of the earlier folder, unless it is too old to read `autoexec.ipxe`
    /// and a later one is not. Folders that are not there are skipped.
    public static Loaders find(List<Path> folders) {
        return find(folders, Dpkg.SYSTEM);
    }

    static Loaders find(List<Path> folders, Dpkg packages) {
        List<Loader> all = new ArrayList<>();
        Map<String, Path> parts = new HashMap<>();
        for (Path folder : folders) {
            List<Path> files = files(folder);
            for (Loader l : loaders(folder, files, packages)) {
                add(l, all);
            }
            files.stream()
                    .filter(f -> Names.isPart(name(f)))
                    .forEach(f -> parts.putIfAbsent(name(f), f));
        }
        all.sort(Comparator.comparingInt(l -> Names.rank(l.name())));
        return new Loaders(all, parts);
    }

    private static void add(Loader l, List<Loader> all) {
        Optional<Loader> earlier = all.stream().filter(o -> sameKind(o, l)).findFirst();
        if (earlier.isEmpty()) {
            all.add(l);
        } else if (l.readsAutoexec() && !earlier.get().readsAutoexec()) {
            all.set(all.indexOf(earlier.get()), l);
        }
    }

    private static boolean sameKind(Loader a, Loader b) {
        return a.firmware() == b.firmware() && a.name().equals(b.name());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> paths = Files.walk(folder, DEPTH)) {
            return paths.filter(Files::isRegularFile)
                    .filter(p -> Names.isWanted(folder.relativize(p)))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static List<Loader> loaders(Path folder, List<Path> files, Dpkg packages) {
        List<Binary> found = files.stream().flatMap(p -> Binary.read(p).stream()).toList();
        // BIOS builds are compressed; what came with them tells the version.
        String version =
                found.stream()
                        .map(Binary::version)
                        .filter(v -> !v.isEmpty())
                        .findFirst()
                        .or(() -> written(folder))
                        .orElseGet(() -> packages.versionIn(folder));
        return found.stream()
                .filter(b -> b.firmware() != Firmware.UNKNOWN)
                .map(b -> loader(b, version))
                .toList();
    }

    private static Optional<String> written(Path folder) {
        try {
            return Optional.of(Files.readString(folder.resolve(VERSION_FILE)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Loader loader(Binary b, String sibling) {
        return new Loader(
                b.firmware(),
                name(b.path()),
                b.path(),
                b.version().isEmpty() ? sibling : b.version());
    }

    private static String name(Path file) {
        return Names.usual(file.getFileName().toString());
    }

    /// The program's own folder first, then where the packages of Debian, Fedora and Arch put them,
    /// then the download.
    ///
    /// @param downloaded where iPXE's own release is unpacked
    public static List<Path> usualFolders(Path downloaded) {
        return List.of(
                ownFolder(),
                Path.of("/usr/lib/ipxe"),
                Path.of("/usr/share/ipxe"),
                Path.of("/usr/local/share/ipxe"),
                Path.of("/usr/lib/PXELINUX"),
                Path.of("/usr/lib/syslinux/modules/bios"),
                Path.of("/usr/share/syslinux"),
                Path.of("/usr/lib/syslinux/bios"),
                downloaded);
    }

    /// `loaders`, beside the folder the program's jar lies in.
    private static Path ownFolder() {
        try {
            Path jar =
                    Path.of(
                            LoaderFinder.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return jar.resolveSibling("../loaders").normalize();
        } catch (URISyntaxException e) {
            throw new AssertionError("the class path is made of files", e);
        }
    }

    /// What to tell when none is found: which package to install.
    public static Problem missing() {
        return new Problem(
                "There is no boot loader (iPXE) on this PC.",
                "Machines load it first; it is a package of its own.",
                "Install it (Debian and Ubuntu: sudo apt install ipxe; Fedora: sudo dnf install"
                        + " ipxe-bootimgs-x86), or put undionly.kpxe and snponly.efi from"
                        + " ipxeboot.tar.gz of github.com/ipxe/ipxe/releases into "
                        + ownFolder()
                        + ".");
    }
}
