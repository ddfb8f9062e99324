package dev.ichor.boot;

import dev.ichor.cluster.Mac;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is shown: a fold over [BootEvent]s. No state is set from anywhere else, so that the view
/// can be rebuilt from a saved log.
///
/// @param machines one entry a machine, in the order of the plan, then as first heard
/// @param services our own services by name: the address they listen on, or why not
/// @param strays how many packets made no sense
public record FleetProgress(
        Map<Mac, MachineProgress> machines, Map<String, String> services, long strays) {

    /// Makes the maps unmodifiable.
    public FleetProgress {
        machines = Collections.unmodifiableMap(machines);
        services = Collections.unmodifiableMap(services);
    }

    /// The machines of a plan, all waiting.
    public static FleetProgress of(Collection<Mac> macs, Instant now) {
        Map<Mac, MachineProgress> all = new LinkedHashMap<>();
        macs.forEach(m -> all.put(m, MachineProgress.waiting(m, now)));
        return new FleetProgress(all, Map.of(), 0);
    }

    /// This and what the events tell.
    public FleetProgress after(List<BootEvent> events) {
        Map<Mac, MachineProgress> all = new LinkedHashMap<>(machines);
        Map<String, String> up = new LinkedHashMap<>(services);
        long odd = strays;
        for (BootEvent e : events) {
            Mac mac = e.mac();
            if (mac != null) {
                MachineProgress was =
                        all.computeIfAbsent(mac, m -> MachineProgress.waiting(m, e.at()));
                all.put(mac, Fold.after(was, e));
            }
            switch (e) {
                case BootEvent.ServiceUp s -> up.put(s.service(), s.address());
                case BootEvent.ServiceDown s -> up.put(s.service(), "✗ " + s.reason());
                case BootEvent.Stray _ -> odd++;
                default -> {}
            }
        }
        return new FleetProgress(all, up, odd);
    }

    /// How many machines are in a stage.
    public long count(Stage stage) {
        return machines.values().stream().filter(m -> m.stage() == stage).count();
    }
}
