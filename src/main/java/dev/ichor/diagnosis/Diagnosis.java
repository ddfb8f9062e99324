package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Why machines do not boot: a function of what was heard and of the time.
public final class Diagnosis {
    private static final List<Rule> RULES =
            Stream.concat(FirmwareRules.ALL.stream(), TalosRules.ALL.stream()).toList();

    private Diagnosis() {}

    /// All findings: those about this PC and the network first, then at most one a machine, the
    /// cause that hides the others.
    ///
    /// @param events what happened, in order
    /// @param plan the machines that should boot
    /// @param now the moment to look from
    public static List<Finding> of(List<BootEvent> events, Collection<Mac> plan, Instant now) {
        List<Finding> all = new ArrayList<>(network(events));
        Instant begun = events.isEmpty() ? now : events.getFirst().at();
        Map<Mac, List<BootEvent>> heard = Trail.byMachine(events);
        for (Mac mac : plan) {
            Trail trail = new Trail(mac, heard.getOrDefault(mac, List.of()), begun, now);
            machine(ready(trail) ? List.of() : RULES, trail.latestBoot()).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static boolean ready(Trail t) {
        return t.latestBoot()
                .last(BootEvent.KubernetesNode.class)
                .filter(BootEvent.KubernetesNode::ready)
                .isPresent();
    }

    private static Optional<Finding> machine(List<Rule> rules, Trail trail) {
        return rules.stream()
                .flatMap(r -> r.look(trail).stream())
                .min(Comparator.comparing(Finding::cause));
    }

    private static List<Finding> network(List<BootEvent> events) {
        List<Finding> all = new ArrayList<>();
        Map<String, BootEvent.ServiceDown> down = new LinkedHashMap<>();
        Map<Object, BootEvent.OtherServer> servers = new LinkedHashMap<>();
        for (BootEvent e : events) {
            switch (e) {
                case BootEvent.ServiceDown s -> down.put(s.service(), s);
                case BootEvent.ServiceUp s -> down.remove(s.service());
                case BootEvent.OtherServer s when !s.bootFile().isEmpty() ->
                        servers.put(s.server(), s);
                default -> {}
            }
        }
        down.values().forEach(s -> all.add(down(s)));
        servers.values().forEach(s -> all.add(second(s)));
        all.addAll(shared(events));
        return all;
    }

    private static Finding down(BootEvent.ServiceDown s) {
        return new Finding(
                Cause.SERVICE_DOWN,
                null,
                "Our " + s.service() + " service does not run.",
                s.reason(),
                "Machines cannot boot without it: close the other program, then start the server"
                        + " again.",
                Remedy.NONE,
                s.at());
    }

    private static Finding second(BootEvent.OtherServer s) {
        return new Finding(
                Cause.SECOND_SERVER,
                null,
                "Another server, " + s.server() + ", tells machines what to boot.",
                "it names " + s.bootFile(),
                "iPXE obeys the router: take the boot file out of its settings, or switch the other"
                        + " server off. If it names this PC on purpose, all is well.",
                Remedy.PROBE_ROUTER,
                s.at());
    }

    private static List<Finding> shared(List<BootEvent> events) {
        Map<String, Mac> first = new HashMap<>();
        Map<Mac, Finding> found = new LinkedHashMap<>();
        for (BootEvent e : events) {
            if (e instanceof BootEvent.Heard h && !h.uuid().isEmpty()) {
                Mac other = first.putIfAbsent(h.uuid(), h.mac());
                if (other != null && !other.equals(h.mac())) {
                    found.putIfAbsent(h.mac(), twins(h, other));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static Finding twins(BootEvent.Heard h, Mac other) {
        return new Finding(
                Cause.SHARED_UUID,
                h.mac(),
                "It shows the same SMBIOS UUID as " + other + ".",
                "UUID " + h.uuid() + " in option 97",
                "Nothing to do here: machines are told apart by MAC. Do not select by UUID in files"
                        + " of your own.",
                Remedy.NONE,
                h.at());
    }
}
