package dev.ichor.cli;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Waking;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// `ichor wake`: switches machines on, and tells which of them answered.
@Command(
        name = "wake",
        mixinStandardHelpOptions = true,
        description = "Wakes machines of a cluster by magic packet and hears who answers.")
final class WakeCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Parameters(
            index = "1..*",
            paramLabel = "MACHINE",
            description = "Host names or MACs; all machines of the cluster when left out.")
    private List<String> machines = new ArrayList<>();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for an answer; default ${DEFAULT-VALUE}.")
    private int wait;

    WakeCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        World world = platform.world();
        Draft draft = new ClusterFolder(cluster.dir).read();
        Collection<Mac> macs =
                machines.isEmpty()
                        ? draft.wishes().keySet()
                        : machines.stream().map(m -> mac(draft, m)).toList();
        PrintWriter out = spec.commandLine().getOut();
        List<Mac> silent =
                new Waking(world, adapter(world, draft))
                        .wake(
                                macs,
                                Duration.ofSeconds(wait),
                                (mac, after) -> {
                                    out.printf(
                                            "%s  answered after %d s%n",
                                            name(draft, mac), after.toSeconds());
                                    out.flush();
                                });
        silent.forEach(mac -> out.printf("%s  did not answer%n", name(draft, mac)));
        return silent.isEmpty() ? Cli.OK : Cli.PROBLEM;
    }

    private static Adapter adapter(World world, Draft draft) throws Exception {
        List<Adapter> all = world.lan().adapters().list();
        return all.stream()
                .filter(a -> draft.adapter().isEmpty() || a.id().equals(draft.adapter()))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                "The network adapter " + draft.adapter() + " is not there.",
                                "The machines are woken from the adapter of their network.",
                                "Plug in its cable."));
    }

    private Mac mac(Draft draft, String text) {
        return draft.wishes().entrySet().stream()
                .filter(e -> e.getValue().hostname().equals(text))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> Mac.parse(text))
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(),
                                "\""
                                        + text
                                        + "\" is neither a machine of this cluster nor a MAC."));
    }

    private static String name(Draft draft, Mac mac) {
        Draft.@Nullable Wish wish = draft.wishes().get(mac);
        return wish == null ? mac.toString() : wish.hostname();
    }
}
