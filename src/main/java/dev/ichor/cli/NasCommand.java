package dev.ichor.cli;

import dev.ichor.steps.Copy;
import dev.ichor.steps.NasServices;
import dev.ichor.steps.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor nas`: looks at the cluster's Synology, sets its services, and puts them back.
@Command(
        name = "nas",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a Synology runs for the machines to boot. Sets SFTP, TFTP and the"
                    + " Container Manager project after showing the difference, or puts the old"
                    + " values back. Password and one-time code are asked for, or taken from the"
                    + " variables ICHOR_NAS_PASSWORD and ICHOR_NAS_CODE; they are not kept.")
final class NasCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();
    @Mixin private ClusterArg.Terminal owner;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "${COMPLETION-CANDIDATES}")
    private RouterCommand.Action action = RouterCommand.Action.show;

    @Option(names = "--port", defaultValue = "5001", description = "DSM's HTTPS port.")
    private int port;

    @Option(
            names = "--by-ssh",
            description =
                    "With set: starts the copied containers by SSH, where the NAS has the older"
                            + " Docker without projects.")
    private boolean ssh;

    @Option(names = "--yes", description = "Writes without asking.")
    private boolean yes;

    NasCommand(Platform platform) {
        this.platform = platform;
        this.owner = new ClusterArg.Terminal(platform::variable);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Agreement agreement = new Agreement("the NAS", yes, out);
        if (ssh) {
            return containers(agreement, out);
        }
        try (Session s = StepCommand.open(cluster.dir, platform.world(), owner);
                NasServices nas = NasServices.open(s, owner, port)) {
            switch (action) {
                case show -> show(nas, out);
                case set -> agreement.write(nas.differences(), nas::set);
                case undo -> agreement.write(nas.undoable(), nas::undo);
            }
        }
        return Cli.OK;
    }

    private int containers(Agreement agreement, PrintWriter out) throws Exception {
        try (Session s = StepCommand.open(cluster.dir, platform.world(), owner)) {
            agreement.run(
                    List.of(Copy.containersCommand(s)),
                    () -> out.println(Copy.startContainers(s, owner)));
        }
        return Cli.OK;
    }

    private static void show(NasServices nas, PrintWriter out)
            throws IOException, InterruptedException {
        nas.state().forEach(out::println);
        nas.log().forEach(out::println);
        nas.differences().forEach(d -> out.println("would set: " + d));
    }
}
