package dev.ichor.cli;

import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.SealReport;
import dev.ichor.cluster.SelfTestLine;
import dev.ichor.steps.Copy;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor deploy`: copies the tree to the cluster's NAS.
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description =
                "Copies the boot tree to the cluster's NAS by SFTP, SMB, FTP or into a folder and"
                        + " reads it back. The password is asked for, or taken from the variable"
                        + " ICHOR_NAS_PASSWORD.")
final class DeployCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();
    @Mixin private ClusterArg.Terminal owner;

    @Option(names = "--plan", description = "Only say what would be copied.")
    private boolean plan;

    @Option(names = "--undo", description = "Put the state before the last copying back.")
    private boolean undo;

    @Option(
            names = "--test",
            description = "Copies nothing: asks the NAS what a booting machine asks it.")
    private boolean test;

    @Option(
            names = "--configs-on-nas",
            paramLabel = "CLUSTER_NAME",
            description =
                    "Also copies the machines' configs, which hold the cluster's secrets: everybody"
                            + " on the network can get them from the NAS until they are sealed."
                            + " Confirmed by the cluster's name.")
    private @Nullable String configs;

    @Option(
            names = "--seal",
            description = "Takes the configs off the NAS again, also out of its recycle bins.")
    private boolean seal;

    DeployCommand(Platform platform) {
        this.platform = platform;
        this.owner = new ClusterArg.Terminal(platform::variable);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Session s = StepCommand.open(cluster.dir, platform.world(), owner)) {
            if (plan) {
                tell(Copy.plan(s, owner), out);
            } else if (test) {
                return tell(Copy.test(s), out);
            } else if (undo) {
                out.println(Copy.undo(s, owner) + " files are as they were before.");
            } else if (seal) {
                return tell(Copy.seal(s, owner), out);
            } else if (configs != null) {
                out.println(Copy.configs(s, owner, configs));
            } else {
                return StepCommand.run(s, Step.COPY, out);
            }
            return Cli.OK;
        }
    }

    private static int tell(List<SelfTestLine> lines, PrintWriter out) {
        lines.forEach(l -> out.println((l.good() ? "ok       " : "not ok   ") + l.sentence()));
        return lines.stream().allMatch(SelfTestLine::good) ? Cli.OK : Cli.PROBLEM;
    }

    private static int tell(SealReport r, PrintWriter out) {
        r.removed().forEach(f -> out.println("gone      " + f));
        r.left().forEach(f -> out.println("left      " + f + ": delete it on the NAS"));
        r.closed()
                .forEach(f ->
                        out.println(
                                "closed    "
                                        + f
                                        + " lets only the NAS's administrator look into it: empty"
                                        + " it there"));
        r.snapshots().forEach(f -> out.println("snapshot  " + f + ": delete it on the NAS"));
        out.println("Snapshots and backups that the NAS does not show may hold the configs, too.");
        out.println(
                "Who has read a config has the cluster's secrets. talosctl rotate-ca makes the"
                        + " authorities of Talos and Kubernetes anew while the cluster runs; new"
                        + " secrets and machines installed anew replace the rest.");
        return r.complete() ? Cli.OK : Cli.PROBLEM;
    }

    private static void tell(DeployPlan p, PrintWriter out) {
        p.create().forEach(f -> out.println("new      " + f));
        p.replace().forEach(f -> out.println("changed  " + f));
        p.keep().forEach(f -> out.println("same     " + f));
        p.delete().forEach(f -> out.println("goes     " + f));
        p.foreign().forEach(f -> out.println("foreign  " + f + " was changed by somebody else"));
        out.printf(
                "%d new, %d changed, %d the same, %d to go: %d bytes to copy%n",
                p.create().size(),
                p.replace().size(),
                p.keep().size(),
                p.delete().size(),
                p.bytes());
    }
}
