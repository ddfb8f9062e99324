package dev.ichor.cli;

import dev.ichor.cluster.CachedTalos;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Downloads;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// `ichor cache`: what was downloaded, and what it takes.
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        description = "Shows and empties the cache of downloads, which all clusters share.")
final class CacheCommand {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    CacheCommand(Platform platform) {
        this.platform = platform;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows every download with its size.")
    int list() throws IOException {
        List<CachedTalos> all = new Downloads(platform.world()).cached();
        all.forEach(c -> out().println(row(c)));
        out().println(mega(all.stream().mapToLong(CachedTalos::bytes).sum()) + " in all");
        return Cli.OK;
    }

    @Command(
            name = "prune",
            mixinStandardHelpOptions = true,
            description = "Deletes every download but those of the clusters named.")
    int prune(
            @Option(
                            names = "--keep",
                            split = ",",
                            paramLabel = "CLUSTER_DIR",
                            description = "Keep what this cluster boots; may repeat.")
                    List<Path> clusters,
            @Option(names = "--yes", description = "Delete; without it, only show what would go.")
                    boolean yes)
            throws IOException {
        Downloads downloads = new Downloads(platform.world());
        Predicate<CachedTalos> keep = kept(clusters == null ? List.of() : clusters);
        downloads.cached().stream()
                .filter(c -> c.bytes() > 0)
                .filter(keep.negate())
                .forEach(c -> out().println(row(c)));
        if (yes) {
            out().println(mega(downloads.prune(keep)) + " freed");
        } else {
            out().println("Nothing was deleted yet: say --yes.");
        }
        return Cli.OK;
    }

    private static Predicate<CachedTalos> kept(List<Path> clusters) throws IOException {
        List<Predicate<CachedTalos>> all = new ArrayList<>();
        for (Path dir : clusters) {
            Draft d = new ClusterFolder(dir).read();
            all.add(c -> c.isOf(TalosVersion.of(d.talos()), d.image()));
        }
        return c -> all.stream().anyMatch(p -> p.test(c));
    }

    private static String row(CachedTalos c) {
        return String.format(
                "%-12s %-14.12s %-6s %10s  %s",
                c.talos(), c.image(), c.arch(), mega(c.bytes()), c.origin().words());
    }

    private static String mega(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
