package dev.ichor.cli;

import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Router;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `ichor router`: looks at the router, sets it for the cluster's boot mode, and puts it back.
@Command(
        name = "router",
        mixinStandardHelpOptions = true,
        description =
                "Shows what the router tells booting machines and what to enter by hand. With"
                        + " --unifi, sets a UniFi console after showing the difference, or puts"
                        + " the old values back.")
final class RouterCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CLUSTER_DIR", description = "The cluster's folder.")
    private Path dir = Path.of(".");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "${COMPLETION-CANDIDATES}")
    private Action action = Action.show;

    @Mixin private ConsoleArg console = new ConsoleArg();

    @Option(names = "--yes", description = "Writes without asking.")
    private boolean yes;

    /// What to do.
    enum Action {
        show,
        set,
        undo
    }

    RouterCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(dir.toAbsolutePath());
        PrintWriter out = spec.commandLine().getOut();
        if (action == Action.show) {
            probe(folder, out);
        }
        Optional<Router.At> at = console.at();
        if (at.isEmpty()) {
            if (action != Action.show) {
                throw new ProblemException(
                        "No router was named.",
                        "Ichor sets UniFi consoles only.",
                        "Name it with --unifi, or enter by hand what ichor router show tells.");
            }
            return Cli.OK;
        }
        Router router = Router.open(folder, platform.world(), at.get(), console.ask(platform));
        Agreement agreement = new Agreement("the router", yes, out);
        switch (action) {
            case show -> {
                router.networks().forEach(out::println);
                router.differences().forEach(d -> out.println("would set: " + d));
            }
            case set -> agreement.write(router.differences(), router::set);
            case undo -> agreement.write(router.undoable(), router::undo);
        }
        return Cli.OK;
    }

    /// Not being allowed to ask is no reason to keep the recipe back.
    private void probe(ClusterFolder folder, PrintWriter out)
            throws IOException, InterruptedException {
        try {
            out.println(Router.verdict(folder, platform.world()));
        } catch (ProblemException e) {
            out.println("The router was not asked: " + e.problem());
        }
        Router.byHand(folder, platform.world()).forEach(out::println);
    }
}
