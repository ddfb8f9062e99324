package dev.ichor.cli;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlFile;
import dev.ichor.steps.Nodes;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `ichor node`: what can be done to installed machines over their own API.
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = {
            "Restarts, switches off, wipes or upgrades installed machines over their own API.",
            "  reboot    starts them again",
            "  shutdown  switches them off",
            "  reset     wipes config and data: back to the drawer",
            "  upgrade   another release of Talos: what is served and what is installed together"
        })
final class NodeCommand implements Callable<Integer> {
    /// What is done.
    enum What {
        reboot,
        shutdown,
        reset,
        upgrade
    }

    private static final String ALL = "all";

    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "WHAT", description = "reboot, shutdown, reset, upgrade")
    private What what = What.reboot;

    @Parameters(index = "1", paramLabel = "CLUSTER_DIR", description = "The cluster's folder.")
    private java.nio.file.Path dir = java.nio.file.Path.of(".");

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Machines by host name or MAC, or the word all.")
    private List<String> machines = List.of();

    @Option(
            names = "--talos",
            paramLabel = "RELEASE",
            description = "For upgrade: the release, such as v1.13.9; the plan's when left out.")
    private @Nullable String talos;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin private ClusterArg.Terminal owner = new ClusterArg.Terminal();

    NodeCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Session session = StepCommand.open(dir, platform.world(), owner)) {
            if (what == What.upgrade) {
                prepare(session, out);
            }
            try (Nodes nodes = new Nodes(session)) {
                List<Mac> macs = macs(session);
                confirm(macs);
                run(nodes, macs, out);
            }
        }
        return Cli.OK;
    }

    private void run(Nodes nodes, List<Mac> macs, PrintWriter out) throws Exception {
        switch (what) {
            case reboot, shutdown -> {
                for (Mac mac : macs) {
                    if (what == What.reboot) {
                        nodes.reboot(mac);
                    } else {
                        nodes.shutdown(mac);
                    }
                }
            }
            case reset -> nodes.reset(macs);
            case upgrade ->
                    nodes.upgrade(
                            macs,
                            line -> {
                                out.println(line);
                                out.flush();
                            });
        }
        out.println(macs.size() + " machines: " + what + " done.");
    }

    /// What the machines boot moves first: a machine that always boots from the network would start
    /// the old kernel with the new system else.
    private void prepare(Session session, PrintWriter out) throws Exception {
        if (Files.exists(new ClusterFolder(dir).control())) {
            ControlFile running = ControlFile.read(new ClusterFolder(dir));
            throw new ProblemException(
                    "The boot server of this cluster is running (" + running + ").",
                    "It serves the release that the plan had when it was started.",
                    "Stop it, upgrade, and start it again.");
        }
        if (talos != null) {
            Nodes.release(session, talos);
        }
        StepCommand.run(session, Step.DOWNLOAD, out);
        if (session.snapshot().draft().nas() != null) {
            StepCommand.run(session, Step.COPY, out);
        }
    }

    private List<Mac> macs(Session session) throws IOException {
        if (machines.contains(ALL)) {
            return session.plan().orElseThrow().nodes().stream().map(Node::mac).toList();
        }
        List<Mac> macs = new ArrayList<>();
        for (String name : machines) {
            macs.add(MachineArg.find(new ClusterFolder(dir), name).mac());
        }
        return macs;
    }

    /// A wipe is confirmed by typing the word.
    private void confirm(List<Mac> macs) throws ProblemException {
        if (yes || what == What.reboot) {
            return;
        }
        Console console = Terminals.console();
        String word = what.name().toLowerCase(Locale.ROOT);
        String answer =
                console == null ? "" : console.readLine("%s %s? Type %s: ", word, macs, word);
        if (!word.equals(answer)) {
            throw new ProblemException(
                    "Nothing was done.",
                    "To " + word + " has to be confirmed.",
                    "Type the word " + word + ", or add --yes.");
        }
    }
}
