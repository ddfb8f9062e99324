package dev.ichor.cli;

import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `ichor arm` and `ichor disarm`, from another terminal.
@Command(
        name = "arm",
        mixinStandardHelpOptions = true,
        description = "Lets configs out to approved machines again.")
final class ArmCommand implements Callable<Integer> {
    /// Keeps every config in.
    @Command(
            name = "disarm",
            mixinStandardHelpOptions = true,
            description = "Keeps every config in, also after a restart, until armed again.")
    static final class Disarm implements Callable<Integer> {
        @Mixin private ClusterArg cluster = new ClusterArg();

        @Override
        public Integer call() throws Exception {
            new ControlClient(new ClusterFolder(cluster.dir)).disarm();
            return Cli.OK;
        }
    }

    @Mixin private ClusterArg cluster = new ClusterArg();

    @Override
    public Integer call() throws Exception {
        new ControlClient(new ClusterFolder(cluster.dir)).arm();
        return Cli.OK;
    }
}
