package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
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

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Shows a saved boot log instead, with what was found at each moment.")
    private @Nullable Path replay;

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        FreshFindings findings =
                new FreshFindings(folder.exists() ? folder.read().wishes().keySet() : Set.of());
        if (replay != null) {
            BootLog.replay(replay).forEach(e -> show(e, findings));
        } else {
            new ControlClient(folder).watch(e -> show(e, findings));
        }
        return Cli.OK;
    }

    private void show(BootEvent event, FreshFindings findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(BootLog.line(event));
        } else {
            Lines.event(event).ifPresent(out::println);
            findings.after(event).forEach(f -> out.println("! " + f));
        }
        out.flush();
    }
}
