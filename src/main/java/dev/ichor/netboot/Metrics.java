package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Counts of what happened, as Prometheus reads it (text format 0.0.4).
final class Metrics {
    /// Folding copies all machines, so it is not done for each event.
    private static final int AT_ONCE = 1000;

    private final Function<Mac, Optional<String>> machines;
    private final List<BootEvent> news = new ArrayList<>();
    private FleetProgress progress = FleetProgress.of(List.of(), Instant.EPOCH);
    private final Map<String, Long> requests = new TreeMap<>();
    private final Map<String, Long> bytes = new TreeMap<>();
    private final Map<String, Long> transfers = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private final Map<String, Boolean> services = new TreeMap<>();
    private long approvals;
    private long handOuts;
    private long refusals;
    private boolean armed;

    /// @param machines host names of the machines that are told one by one; strangers are counted
    ///   only
    Metrics(Function<Mac, Optional<String>> machines) {
        this.machines = machines;
    }

    synchronized void count(BootEvent event) {
        news.add(event);
        if (news.size() >= AT_ONCE) {
            fold();
        }
        switch (event) {
            case BootEvent.Heard _ -> one(requests, "dhcp");
            case BootEvent.TransferDone e -> {
                one(requests, e.protocol());
                one(transfers, e.protocol());
                bytes.merge(e.protocol().toLowerCase(Locale.ROOT), e.bytes(), Long::sum);
            }
            case BootEvent.TransferFailed e -> {
                one(requests, e.protocol());
                one(failures, e.protocol());
            }
            case BootEvent.Approved _ -> approvals++;
            case BootEvent.ConfigServed _ -> {
                one(requests, TransferWatch.HTTP);
                handOuts++;
            }
            case BootEvent.ConfigPushed _ -> handOuts++;
            case BootEvent.ConfigRefused _ -> {
                one(requests, TransferWatch.HTTP);
                refusals++;
            }
            case BootEvent.ServiceUp e -> services.put(e.service(), true);
            case BootEvent.ServiceDown e -> services.put(e.service(), false);
            case BootEvent.GateChanged e -> armed = e.armed();
            default -> {}
        }
    }

    private static void one(Map<String, Long> counts, String protocol) {
        counts.merge(protocol.toLowerCase(Locale.ROOT), 1L, Long::sum);
    }

    private void fold() {
        progress = progress.after(news);
        news.clear();
    }

    synchronized String text() {
        fold();
        MetricsText out = new MetricsText();
        out.gauge("machines", "Machines by the stage they are in.");
        for (Stage s : Stage.values()) {
            out.sample("machines", progress.count(s), "stage", name(s));
        }
        out.gauge("machine_stage", "1 for the stage that a machine is in.");
        progress.machines()
                .forEach((mac, m) ->
                        machines.apply(mac)
                                .ifPresent(host ->
                                        out.sample(
                                                "machine_stage",
                                                1,
                                                "mac",
                                                mac.toString(),
                                                "host",
                                                host,
                                                "stage",
                                                name(m.stage()))));
        out.gauge("service_up", "1 for a service of the boot server that works, else 0.");
        services.forEach((service, up) -> out.sample("service_up", up ? 1 : 0, "service", service));
        out.gauge("gate_armed", "1 while configs may leave, else 0.");
        out.sample("gate_armed", armed ? 1 : 0);
        counts(out);
        return out.toString();
    }

    private void counts(MetricsText out) {
        byProtocol(out, "requests", "Packets and requests of machines.", requests);
        byProtocol(out, "sent_bytes", "Bytes of complete transfers.", bytes);
        byProtocol(out, "transfers", "Complete transfers.", transfers);
        byProtocol(out, "transfer_failures", "Transfers that did not complete.", failures);
        count(out, "approvals", "Machines the owner approved.", approvals);
        count(out, "configs", "Configs that were handed out in full.", handOuts);
        String refused = "Configs that were asked for and not handed out.";
        count(out, "config_refusals", refused, refusals);
        count(out, "strays", "Packets and requests that made no sense.", progress.strays());
    }

    private static void byProtocol(
            MetricsText out, String name, String help, Map<String, Long> counts) {
        out.counter(name, help);
        counts.forEach((protocol, n) -> out.sample(name + "_total", n, "protocol", protocol));
    }

    private static void count(MetricsText out, String name, String help, long n) {
        out.counter(name, help);
        out.sample(name + "_total", n);
    }

    private static String name(Stage s) {
        return s.name().toLowerCase(Locale.ROOT);
    }
}
