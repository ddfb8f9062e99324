package dev.ichor.cli;

import dev.ichor.cluster.Node;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `ichor disk`: chooses where a waiting machine is installed.
@Command(
        name = "disk",
        mixinStandardHelpOptions = true,
        description =
                "Chooses the disk of a machine that waits for it; all that is on that disk will be"
                        + " erased. ichor watch shows the disks.")
final class DiskCommand implements Callable<Integer> {
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Parameters(index = "1", paramLabel = "NAME", description = "The machine's host name or MAC.")
    private String machine = "";

    @Parameters(
            index = "2",
            paramLabel = "DISK",
            description = "Its serial number or path, as shown.")
    private String disk = "";

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        Node node = MachineArg.find(folder, machine);
        new ControlClient(folder).chooseDisk(node.mac(), disk);
        return Cli.OK;
    }
}
