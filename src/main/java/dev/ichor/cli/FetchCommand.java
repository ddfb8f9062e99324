package dev.ichor.cli;

import dev.ichor.cluster.Arch;
import dev.ichor.cluster.BootFiles;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Extension;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Listing;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Schematic;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.steps.DownloadWish;
import dev.ichor.steps.Downloads;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor fetch`: Talos for a cluster, or for nobody in particular.
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Brings Talos into the cache and verifies it.",
            "With a cluster, its release; what is named here is written into the cluster."
        })
final class FetchCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "CLUSTER_DIR",
            description = "The cluster's folder, as the wizard made it.")
    private @Nullable Path cluster;

    @Option(names = "--talos", paramLabel = "V", description = "Release, such as v1.13.9.")
    private @Nullable String talos;

    @Option(
            names = "--arch",
            split = ",",
            paramLabel = "A,B",
            description = "amd64, arm64 or both; without a cluster.")
    private List<Arch> families = List.of(Arch.AMD64);

    @Option(
            names = "--factory",
            description = "From the Image Factory also without extensions and arguments.")
    private boolean factory;

    @Option(
            names = "--extensions",
            split = ",",
            paramLabel = "A,B",
            description = "System extensions, such as siderolabs/realtek-firmware.")
    private List<String> extensions = List.of();

    @Option(
            names = "--kernel-arg",
            paramLabel = "ARG",
            description = "One more kernel argument of the installed system; may repeat.")
    private List<String> kernelArgs = List.of();

    @Option(
            names = "--from",
            paramLabel = "FOLDER|ZIP",
            description = "Take the files from there instead of the internet.")
    private @Nullable Path from;

    @Option(
            names = "--accept-unverified",
            description = "Take files for which nothing vouches but your word.")
    private boolean accept;

    @Option(names = "--list", description = "Show the releases there are.")
    private boolean list;

    @Option(names = "--list-extensions", description = "Show the release's extensions.")
    private boolean listExtensions;

    FetchCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        World world = platform.world();
        Downloads downloads = new Downloads(world);
        if (list) {
            releases(downloads.releases(factory));
        } else if (listExtensions) {
            extensions(downloads.extensions(version()));
        } else if (cluster != null) {
            return forCluster(cluster, world);
        } else {
            show(
                    downloads.fetch(
                            version(),
                            image(),
                            EnumSet.copyOf(families),
                            wish(),
                            new ProgressLine(out(), Terminals.console() != null)));
        }
        return Cli.OK;
    }

    private int forCluster(Path dir, World world) throws Exception {
        try (Session s = StepCommand.open(dir, world, new ClusterArg.Terminal())) {
            Draft was = s.snapshot().draft();
            TalosVersion release = talos == null ? TalosVersion.of(was.talos()) : version();
            Image image = isDefault() ? was.image() : image();
            s.edit(d -> d.versions(release.toString(), d.kubernetes()).built(image));
            s.download(wish());
            return StepCommand.run(s, Step.DOWNLOAD, out());
        }
    }

    private DownloadWish wish() {
        return new DownloadWish(accept, from);
    }

    private boolean isDefault() {
        return !factory && extensions.isEmpty() && kernelArgs.isEmpty();
    }

    private Image image() throws ProblemException {
        try {
            return isDefault()
                    ? new Image.Release()
                    : new Image.Factory(new Schematic(extensions, kernelArgs));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    "Extensions or kernel arguments cannot be used.",
                    "There is " + e.getMessage() + ".",
                    "Name extensions as --list-extensions does; an argument holds no blank.");
        }
    }

    private TalosVersion version() throws ProblemException {
        String named = talos == null ? Draft.empty().talos() : talos;
        return TalosVersion.parse(named)
                .orElseThrow(() ->
                        new ProblemException(
                                "\"" + named + "\" is not a Talos release.",
                                "",
                                "Choose one such as v1.13.9; --list shows them."));
    }

    private void releases(Listing<TalosVersion> listing) {
        listing.items().forEach(out()::println);
        stale(listing);
    }

    private void extensions(Listing<Extension> listing) {
        listing.items().forEach(e -> out().printf("%-44s %s%n", e.name(), e.description()));
        stale(listing);
    }

    private void stale(Listing<?> listing) {
        if (listing.trouble() != null) {
            spec.commandLine()
                    .getErr()
                    .println("This is the list of " + listing.seen() + ". " + listing.trouble());
        }
    }

    private void show(Fetched fetched) {
        fetched.files().forEach((arch, files) -> row(arch, files));
        out().println("installer  " + fetched.image().installer(fetched.talos()));
    }

    private void row(Arch arch, BootFiles files) {
        out().printf("kernel     %s  %s%n", arch, files.kernel());
        out().printf("initramfs  %s  %s%n", arch, files.initramfs());
        out().printf("origin     %s  %s%n", arch, files.origin().words());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
