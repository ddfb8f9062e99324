package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.Stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Counts of what happened, as Prometheus reads it (text format 0.0.4).
final class Metrics {
    /// Folding copies all machines, so it is not done for each event.
    private static final int AT_ONCE = 1000;

    private final List<BootEvent> news = new ArrayList<>();
    private FleetProgress progress = FleetProgress.of(List.of(), Instant.EPOCH);
    private final Map<String, Long> bytes = new TreeMap<>();
    private long transfers;
    private long failures;
    private long refusals;

    synchronized void count(BootEvent event) {
        news.add(event);
        if (news.size() >= AT_ONCE) {
            fold();
        }
        switch (event) {
            case BootEvent.TransferDone e -> {
                transfers++;
                bytes.merge(e.protocol().toLowerCase(Locale.ROOT), e.bytes(), Long::sum);
            }
            case BootEvent.TransferFailed _ -> failures++;
            case BootEvent.ConfigRefused _ -> refusals++;
            default -> {}
        }
    }

    private void fold() {
        progress = progress.after(news);
        news.clear();
    }

    synchronized String text() {
        fold();
        StringBuilder out = new StringBuilder();
        out.append("# HELP ichor_machines Machines by the stage they are in.\n");
        out.append("# TYPE ichor_machines gauge\n");
        for (Stage s : Stage.values()) {
            String stage = s.name().toLowerCase(Locale.ROOT);
            out.append("ichor_machines{stage=\"%s\"} %d\n".formatted(stage, progress.count(s)));
        }
        out.append("# HELP ichor_bytes_total Bytes of complete transfers.\n");
        out.append("# TYPE ichor_bytes_total counter\n");
        bytes.forEach((protocol, n) ->
                out.append("ichor_bytes_total{protocol=\"%s\"} %d\n".formatted(protocol, n)));
        counter(out, "transfers", "Complete transfers.", transfers);
        counter(out, "transfer_failures", "Transfers that did not complete.", failures);
        counter(
                out,
                "config_refusals",
                "Configs that were asked for and not handed out.",
                refusals);
        counter(out, "strays", "Packets and requests that made no sense.", progress.strays());
        return out.toString();
    }

    private static void counter(StringBuilder out, String name, String help, long value) {
        out.append("# HELP ichor_%s_total %s\n".formatted(name, help));
        out.append("# TYPE ichor_%s_total counter\n".formatted(name));
        out.append("ichor_%s_total %d\n".formatted(name, value));
    }
}
