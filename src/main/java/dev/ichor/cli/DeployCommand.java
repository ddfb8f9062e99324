package dev.ichor.cli;

import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ichor deploy`: copies the tree to the cluster's NAS.
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description =
                "Copies the boot tree to the cluster's NAS by SFTP, by SMB or into a folder and"
                        + " reads it back. The password is asked for, or taken from the variable"
                        + " ICHOR_NAS_PASSWORD.")
final class DeployCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();
    @Mixin private ClusterArg.Terminal owner = new ClusterArg.Terminal();

    DeployCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        try (Session s = StepCommand.open(cluster.dir, platform.world(), owner)) {
            return StepCommand.run(s, Step.COPY, spec.commandLine().getOut());
        }
    }
}
