package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Draft;
import dev.ichor.diagnosis.Diagnosis;
import dev.ichor.diagnosis.Finding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What somebody needs who helps from afar: the boot log, the plan, what the doctor found, and
/// versions, in one zip. Nothing of `private/` is in it.
public final class Report {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private Report() {}

    /// Where a report is put when nobody says: `logs/report-<time>.zip`.
    public static Path usual(Path cluster, Instant now) {
        return new ClusterFolder(cluster).logs().resolve("report-" + STAMP.format(now) + ".zip");
    }

    /// This program's name and version, from our jar's manifest.
    public static String version() {
        String version = Report.class.getPackage().getImplementationVersion();
        return "ichor " + (version == null ? "(not packaged)" : version);
    }

    /// Writes one, from the newest boot log.
    ///
    /// @param now the moment to look from
    /// @throws dev.ichor.cluster.ProblemException when there is no boot log, or it cannot be
    ///   written
    public static void save(Path cluster, Path to, Instant now) throws IOException {
        ClusterFolder folder = new ClusterFolder(cluster);
        Draft draft = folder.read();
        List<BootEvent> events = BootLog.replay(folder.newestLog());
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("findings.txt", findings(folder, events, draft, now));
        parts.put("versions.txt", versions(draft));
        parts.put("cluster.json", DraftJson.write(draft));
        parts.put("boot.jsonl", lines(events));
        ClusterFolder.replace(to.toAbsolutePath(), part -> zip(part, parts));
    }

    private static String findings(
            ClusterFolder folder, List<BootEvent> events, Draft draft, Instant now) {
        List<Finding> all = Diagnosis.of(events, draft.wishes().keySet(), folder.patience(), now);
        return all.isEmpty()
                ? "Nothing is wrong as far as the boot log tells.\n"
                : all.stream().map(f -> f.since() + " " + f + "\n").collect(Collectors.joining());
    }

    private static String versions(Draft draft) {
        return String.join(
                "\n",
                version(),
                "Java " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "Talos " + draft.talos(),
                "Kubernetes " + draft.kubernetes(),
                "");
    }

    /// Written anew, so that nothing gets in but events.
    private static String lines(List<BootEvent> events) {
        return events.stream().map(e -> BootLog.line(e) + "\n").collect(Collectors.joining());
    }

    private static void zip(Path to, Map<String, String> parts) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }
}
