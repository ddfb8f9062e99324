package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.diagnosis.Finding;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.ControlClient;
import dev.ichor.timeline.English;
import dev.ichor.timeline.Picture;
import dev.ichor.timeline.Svg;
import dev.ichor.timeline.Timeline;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// `ichor watch`: what a running server sees, from another terminal.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Shows what the running boot server of a cluster sees.")
final class WatchCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Option(names = "--json", description = "One JSON line per event.")
    private boolean json;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Shows a saved boot log instead, with what was found at each moment.")
    private @Nullable Path replay;

    @Option(
            names = "--timeline",
            paramLabel = "SVG",
            description = "With --replay: draws the whole boot as a picture instead.")
    private @Nullable Path timeline;

    WatchCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        FreshFindings findings =
                new FreshFindings(
                        folder.exists() ? folder.read().wishes().keySet() : Set.of(),
                        folder.patience());
        if (timeline != null) {
            draw(folder, timeline);
        } else if (replay != null) {
            BootLog.replay(replay).forEach(e -> show(e, findings));
        } else {
            watch(folder, findings);
        }
        return Cli.OK;
    }

    private void draw(ClusterFolder folder, Path to) throws IOException {
        if (replay == null) {
            throw new ParameterException(
                    spec.commandLine(), "--timeline needs --replay: which boot log is drawn?");
        }
        List<BootEvent> events = BootLog.replay(replay);
        if (events.isEmpty()) {
            throw new ProblemException(
                    replay + " holds no boot events.",
                    "",
                    "Name a boot log: logs/boot-<date>.jsonl of a cluster folder.");
        }
        Map<Mac, String> names = new LinkedHashMap<>();
        if (folder.exists()) {
            folder.read().wishes().forEach((mac, wish) -> names.put(mac, wish.hostname()));
        }
        Timeline line = Timeline.of(events, names, events.getLast().at());
        Files.writeString(to, Svg.of(Picture.of(line, new English())));
        spec.commandLine().getOut().println("Written: " + to);
    }

    /// Each second is looked whether somebody has been silent for too long.
    private void watch(ClusterFolder folder, FreshFindings findings) throws IOException {
        InstantSource clock = platform.world().clock();
        try (ScheduledExecutorService beat =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("findings").factory())) {
            if (!json) {
                beat.scheduleAtFixedRate(
                        () -> tell(findings.at(clock.instant())), 1, 1, TimeUnit.SECONDS);
            }
            try {
                new ControlClient(folder).watch(e -> show(e, findings));
            } finally {
                beat.shutdownNow();
            }
        }
    }

    private synchronized void tell(List<Finding> fresh) {
        PrintWriter out = spec.commandLine().getOut();
        fresh.forEach(f -> out.println("! " + f));
        out.flush();
    }

    private synchronized void show(BootEvent event, FreshFindings findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(BootLog.line(event));
        } else {
            Lines.event(event).ifPresent(out::println);
            tell(findings.after(event));
        }
        out.flush();
    }
}
