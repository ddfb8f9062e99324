package dev.ichor.cli;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.Session;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `ichor demo`: the whole job on a pretended network, as an ordinary user.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs the whole job on a pretend network: nothing outside this program is touched.")
final class DemoCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--machines",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many pretend machines, 1 to 1000; default ${DEFAULT-VALUE}.")
    private int machines;

    @Option(
            names = "--kill",
            paramLabel = "MAC@STAGE",
            description = "This machine dies at this stage, for instance 4c:52:62:08:a3:cf@KERNEL.")
    private @Nullable String kill;

    @Option(names = "--json", description = "One JSON line per event instead of words.")
    private boolean json;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the cluster folder here.")
    private @Nullable Path keep;

    DemoCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        if (machines < 1 || machines > 1000) {
            throw new ParameterException(spec.commandLine(), "--machines takes 1 to 1000.");
        }
        Optional<Platform.Kill> victim = kill == null ? Optional.empty() : Optional.of(parse(kill));
        PrintWriter out = spec.commandLine().getOut();
        try (Pretend network = platform.pretend(machines, victim);
                Session session =
                        Session.open(
                                keep == null ? network.scratch().resolve("cluster") : keep,
                                network.world(),
                                network.owner())) {
            return new DemoRun(session, network, json, out).run() ? Cli.OK : Cli.PROBLEM;
        }
    }

    private Platform.Kill parse(String text) {
        String[] parts = text.split("@", -1);
        Optional<Mac> mac = Mac.parse(parts[0]);
        Optional<Stage> stage =
                parts.length != 2
                        ? Optional.empty()
                        : Stream.of(Stage.values())
                                .filter(s -> s.name().equals(parts[1].toUpperCase(Locale.ROOT)))
                                .findFirst();
        if (mac.isEmpty() || stage.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--kill takes MAC@STAGE, for instance 4c:52:62:08:a3:cf@KERNEL.");
        }
        return new Platform.Kill(mac.get(), stage.get());
    }
}
