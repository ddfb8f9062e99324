package dev.ichor.cli;

import dev.ichor.steps.Session;
import dev.ichor.steps.TreeFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `ichor assemble`: writes the tree as files, for a Matchbox of one's own.
@Command(
        name = "assemble",
        mixinStandardHelpOptions = true,
        description =
                "Writes the boot tree in Matchbox's layout into the cluster's boot/ folder, for"
                        + " a NAS with its TFTP root and compose file. It holds no secret.")
final class AssembleCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Option(
            names = "--base",
            paramLabel = "URL",
            description =
                    "Who will serve the tree; the NAS's address when left out, else this PC's.")
    private @Nullable String base;

    AssembleCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        try (Session s =
                StepCommand.open(cluster.dir, platform.world(), new ClusterArg.Terminal())) {
            Path boot = TreeFolder.assemble(s, base);
            PrintWriter out = spec.commandLine().getOut();
            out.println("The boot tree is in " + boot);
            TreeFolder.router(s, base).forEach(out::println);
            return Cli.OK;
        }
    }
}
