package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.diagnosis.Diagnosis;
import dev.ichor.diagnosis.Finding;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Report;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

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

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Also saves the newest log, the plan and the findings as one zip.")
    private @Nullable Path report;

    DoctorCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        List<BootEvent> events = BootLog.replay(log == null ? folder.newestLog() : log);
        Instant now =
                log == null || events.isEmpty()
                        ? platform.world().clock().instant()
                        : events.getLast().at();
        List<Finding> findings = Diagnosis.of(events, folder.read().wishes().keySet(), now);
        if (report != null) {
            Report.save(cluster.dir, report, platform.world().clock().instant());
        }
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(out::println);
        if (findings.isEmpty()) {
            out.println("Nothing is wrong as far as the boot log tells.");
        }
        return findings.isEmpty() ? Cli.OK : Cli.PROBLEM;
    }
}
