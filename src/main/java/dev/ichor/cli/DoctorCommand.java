package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Draft;
import dev.ichor.diagnosis.Diagnosis;
import dev.ichor.diagnosis.Finding;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.HostCheck;
import dev.ichor.steps.Report;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor doctor`: whether this PC can serve, and why a machine does not boot, from what the boot
/// server saw.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Says whether this PC can serve, and why machines of a cluster do not boot, from"
                        + " the newest boot log.")
final class DoctorCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Another log, looked at as of its last line; this PC is left alone.")
    private @Nullable Path log;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Also saves the newest log, the plan and the findings as one zip.")
    private @Nullable Path report;

    @Option(
            names = "--let-in",
            description =
                    "First has the firewall of this PC let Ichor in; Windows asks for an"
                            + " administrator's consent.")
    private boolean letIn;

    DoctorCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        if (letIn) {
            HostCheck.letIn(platform.world());
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> ofPc = log == null ? ofThisPc() : List.of();
        ofPc.forEach(out::println);
        List<Finding> ofMachines = ofMachines();
        ofMachines.forEach(out::println);
        if (report != null) {
            Report.save(cluster.dir, report, platform.world().clock().instant());
        }
        if (ofPc.isEmpty() && ofMachines.isEmpty()) {
            out.println("Nothing is wrong as far as this PC and the boot log tell.");
            return Cli.OK;
        }
        return Cli.PROBLEM;
    }

    private List<Finding> ofThisPc() throws IOException, InterruptedException {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        Draft draft = folder.exists() ? folder.read() : Draft.empty();
        return HostCheck.withRouter(platform.world(), draft, cluster.dir);
    }

    private List<Finding> ofMachines() throws IOException {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        List<BootEvent> events = BootLog.replay(log == null ? folder.newestLog() : log);
        Instant now =
                log == null || events.isEmpty()
                        ? platform.world().clock().instant()
                        : events.getLast().at();
        return Diagnosis.of(events, folder.read().wishes().keySet(), folder.patience(), now);
    }
}
