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

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "MAC",
            description = "Machines, or the word all.")
    private List<String> machines = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        List<Mac> macs =
                machines.contains(ALL) ? List.of() : machines.stream().map(this::mac).toList();
        ControlClient server = new ControlClient(new ClusterFolder(cluster.dir));
        if (macs.isEmpty()) {
            server.approveAll();
        }
        for (Mac mac : macs) {
            server.approve(mac);
        }
        return Cli.OK;
    }

    private Mac mac(String text) {
        return Mac.parse(text)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(), "\"" + text + "\" is no MAC address."));
    }
}
