package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.ProblemException;
import dev.ichor.diagnosis.Diagnosis;
import dev.ichor.diagnosis.Finding;
import dev.ichor.steps.ClusterFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `ichor doctor`: why a machine does not boot, from what the boot server saw.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says why machines of a cluster do not boot, from the newest boot log.")
final class DoctorCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Another log, looked at as of its last line.")
    private @Nullable Path log;

    DoctorCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        List<BootEvent> events = BootLog.replay(log == null ? newest(folder) : log);
        Instant now =
                log == null || events.isEmpty()
                        ? platform.world().clock().instant()
                        : events.getLast().at();
        List<Finding> findings = Diagnosis.of(events, folder.read().wishes().keySet(), now);
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(out::println);
        if (findings.isEmpty()) {
            out.println("Nothing is wrong as far as the boot log tells.");
        }
        return findings.isEmpty() ? Cli.OK : Cli.PROBLEM;
    }

    private static Path newest(ClusterFolder folder) throws IOException {
        try (Stream<Path> all =
                Files.isDirectory(folder.logs()) ? Files.list(folder.logs()) : Stream.empty()) {
            return all.filter(f -> f.toString().endsWith(".jsonl"))
                    .max(Comparator.comparing(Path::getFileName))
                    .orElseThrow(() ->
                            new ProblemException(
                                    "There is no boot log in " + folder.logs() + ".",
                                    "Nothing was served from this cluster's folder yet.",
                                    "Start the boot server (ichor serve), switch a machine on, and"
                                            + " ask again."));
        }
    }
}
