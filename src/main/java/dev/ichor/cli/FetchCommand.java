package dev.ichor.cli;

import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ichor fetch`: downloads and verifies the Talos release of a cluster.
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = "Downloads the cluster's Talos release into the cache and verifies it.")
final class FetchCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    FetchCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        try (Session s =
                StepCommand.open(cluster.dir, platform.world(), new ClusterArg.Terminal())) {
            return StepCommand.run(s, Step.DOWNLOAD, spec.commandLine().getOut());
        }
    }
}
