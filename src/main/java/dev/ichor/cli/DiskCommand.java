package dev.ichor.cli;

import dev.ichor.cluster.Mac;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ichor disk`: chooses where a waiting machine is installed.
@Command(
        name = "disk",
        mixinStandardHelpOptions = true,
        description =
                "Chooses the disk of a machine that waits for it; all that is on that disk will be"
                        + " erased. ichor watch shows the disks.")
final class DiskCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Parameters(index = "1", paramLabel = "MAC", description = "The machine.")
    private String machine = "";

    @Parameters(
            index = "2",
            paramLabel = "DISK",
            description = "Its serial number or path, as shown.")
    private String disk = "";

    @Override
    public Integer call() throws Exception {
        Mac mac =
                Mac.parse(machine)
                        .orElseThrow(() ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "\"" + machine + "\" is no MAC address."));
        new ControlClient(new ClusterFolder(cluster.dir)).chooseDisk(mac, disk);
        return Cli.OK;
    }
}
