package dev.ichor.cli;

import dev.ichor.steps.Export;
import dev.ichor.steps.Session;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor export`: the tree for any number of real Matchbox servers.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes the boot tree for real Matchbox servers: as a folder with a compose file,"
                    + " or as Kubernetes manifests, for the finished cluster to boot its own new"
                    + " nodes. No secret is in it; machines ask this PC for their configs.")
final class ExportCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private Kind kind = Kind.compose;

    @Parameters(index = "1", paramLabel = "CLUSTER_DIR", description = "The cluster's folder.")
    private Path dir = Path.of(".");

    @Parameters(index = "2", paramLabel = "FOLDER", description = "Where to write.")
    private Path folder = Path.of(".");

    @Option(
            names = "--base",
            paramLabel = "URL",
            description =
                    "Where machines will reach the servers, for instance http://192.168.1.50:30080;"
                            + " for compose the NAS when left out.")
    private @Nullable String base;

    @Option(
            names = "--assets",
            paramLabel = "URL",
            description =
                    "kubernetes: where the servers fetch Talos' files, for instance"
                            + " http://192.168.1.20:8080/assets; else from its release page or the"
                            + " Image Factory. They take nothing but what Ichor verified.")
    private @Nullable String assets;

    /// For what.
    enum Kind {
        compose,
        kubernetes
    }

    ExportCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        try (Session s = StepCommand.open(dir, platform.world(), new ClusterArg.Terminal())) {
            List<String> lines =
                    switch (kind) {
                        case compose -> Export.compose(s, folder, base);
                        case kubernetes -> Export.kubernetes(s, folder, base, assets);
                    };
            lines.forEach(spec.commandLine().getOut()::println);
            return Cli.OK;
        }
    }
}
