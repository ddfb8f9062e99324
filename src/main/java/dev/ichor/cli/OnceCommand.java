package dev.ichor.cli;

import dev.ichor.cluster.Mac;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor local-boot` and `ichor other-loader`: what a running server does otherwise for a machine
/// and destroys nothing.
@Command(
        name = "local-boot",
        mixinStandardHelpOptions = true,
        description =
                "Has machines of a cluster that is being served start from their disk at their next"
                        + " network boot.")
class OnceCommand implements Callable<Integer> {
    /// Hands a machine the next boot loader of its kind.
    @Command(
            name = "other-loader",
            mixinStandardHelpOptions = true,
            description =
                    "Hands machines of a cluster that is being served another boot loader from now"
                            + " on, when theirs hangs.")
    static final class OtherLoader extends OnceCommand {
        @Override
        void order(ControlClient server, Mac mac) throws IOException {
            server.otherLoader(mac);
        }
    }

    @Mixin private ClusterArg cluster = new ClusterArg();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Host names or MACs of machines.")
    private List<String> machines = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        List<Mac> macs = new ArrayList<>();
        for (String name : machines) {
            macs.add(MachineArg.find(folder, name).mac());
        }
        ControlClient server = new ControlClient(folder);
        for (Mac mac : macs) {
            order(server, mac);
        }
        return Cli.OK;
    }

    void order(ControlClient server, Mac mac) throws IOException {
        server.localBoot(mac);
    }
}
