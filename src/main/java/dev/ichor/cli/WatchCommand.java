package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `ichor watch`: what a running server sees, from another terminal.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Shows what the running boot server of a cluster sees.")
final class WatchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Option(names = "--json", description = "One JSON line per event.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        new ControlClient(new ClusterFolder(cluster.dir)).watch(this::show);
        return Cli.OK;
    }

    private void show(BootEvent event) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(BootLog.line(event));
        } else {
            Lines.event(event).ifPresent(out::println);
        }
        out.flush();
    }
}
