package dev.ichor.cli;

import dev.ichor.cluster.Node;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.util.concurrent.Callable;

/// `ichor wipe` and `ichor reinstall`: what destroys a machine's disk, by typed confirmation.
@Command(
        name = "wipe",
        mixinStandardHelpOptions = true,
        description = "Wipes a machine's system disk: it goes back to the drawer.")
class WipeCommand implements Callable<Integer> {
    /// Wipes, then installs again.
    @Command(
            name = "reinstall",
            mixinStandardHelpOptions = true,
            description = "Wipes a machine's system disk and installs it again.")
    static final class Reinstall extends WipeCommand {
        @Override
        void order(ControlClient server, Node node) throws java.io.IOException {
            server.reinstall(node.mac());
        }
    }

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Parameters(index = "1", paramLabel = "NAME", description = "The machine's host name or MAC.")
    private String name = "";

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "The host name once more; asked for on a terminal when left out.")
    private @Nullable String confirm;

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        Node node = MachineArg.find(folder, name);
        if (!node.hostname().equals(typed(node))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nothing was done. This erases the system disk of %1$s (%2$s); to confirm it: --confirm %1$s"
                            .formatted(node.hostname(), node.mac()));
        }
        order(new ControlClient(folder), node);
        spec.commandLine()
                .getOut()
                .println(
                        node.hostname()
                                + " is wiped over its Talos API, or at its next network boot. See:"
                                + " ichor watch "
                                + cluster.dir);
        return Cli.OK;
    }

    void order(ControlClient server, Node node) throws java.io.IOException {
        server.wipe(node.mac());
    }

    private String typed(Node node) {
        Console console = Terminals.console();
        if (confirm != null || console == null) {
            return confirm == null ? "" : confirm;
        }
        return console.readLine(
                "This erases the system disk of %s (%s). Type its name to confirm: ",
                node.hostname(), node.mac());
    }
}
