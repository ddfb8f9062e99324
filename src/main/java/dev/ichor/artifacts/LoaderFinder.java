package dev.ichor.artifacts;

import dev.ichor.boot.Loaders;
import dev.ichor.boot.Loaders.Loader;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Problem;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Finds the stock iPXE loaders on this PC.
public final class LoaderFinder {
    /// Packages put the builds of other processors one folder deeper.
    private static final int DEPTH = 2;

    private LoaderFinder() {}

    /// The loaders in these folders: those that use the firmware's own network driver first, and of
    /// the same kind the one of the earlier folder. Folders that are not there are skipped.
    public static Loaders find(List<Path> folders) {
        List<Loader> all = new ArrayList<>();
        for (Path folder : folders) {
            for (Loader l : in(folder)) {
                if (all.stream().noneMatch(o -> sameKind(o, l))) {
                    all.add(l);
                }
            }
        }
        all.sort(Comparator.comparingInt(l -> Names.rank(l.name())));
        return new Loaders(all);
    }

    private static boolean sameKind(Loader a, Loader b) {
        return a.firmware() == b.firmware() && a.name().equals(b.name());
    }

    private static List<Loader> in(Path folder) {
        try (Stream<Path> paths = Files.walk(folder, DEPTH)) {
            List<Binary> found =
                    paths.filter(Files::isRegularFile)
                            .filter(p -> Names.isWanted(folder.relativize(p)))
                            .sorted()
                            .flatMap(p -> Binary.read(p).stream())
                            .toList();
            // BIOS builds are compressed; the package's other builds tell the version.
            String sibling =
                    found.stream()
                            .map(Binary::version)
                            .filter(v -> !v.isEmpty())
                            .findFirst()
                            .orElse("");
            return found.stream()
                    .filter(b -> b.firmware() != Firmware.UNKNOWN)
                    .map(b -> loader(b, sibling))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Loader loader(Binary b, String sibling) {
        return new Loader(
                b.firmware(),
                Names.usual(b.path().getFileName().toString()),
                b.path(),
                b.version().isEmpty() ? sibling : b.version());
    }

    /// The program's own folder first, then where the packages of Debian, Fedora and Arch put them.
    public static List<Path> usualFolders() {
        return List.of(
                ownFolder(),
                Path.of("/usr/lib/ipxe"),
                Path.of("/usr/share/ipxe"),
                Path.of("/usr/local/share/ipxe"));
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
