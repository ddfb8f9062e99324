package dev.ichor.cli;

import dev.ichor.cluster.Mac;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor approve`: lets machines have their configs, from another terminal.
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Lets machines of a cluster that is being served have their configs.")
final class ApproveCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Mixin private ClusterArg cluster = new ClusterArg();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Host names or MACs of machines, or the word all.")
    private List<String> machines = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        if (machines.contains(ALL)) {
            new ControlClient(folder).approveAll();
            return Cli.OK;
        }
        List<Mac> macs = new ArrayList<>();
        for (String name : machines) {
            macs.add(MachineArg.find(folder, name).mac());
        }
        ControlClient server = new ControlClient(folder);
        for (Mac mac : macs) {
            server.approve(mac);
        }
        return Cli.OK;
    }
}
