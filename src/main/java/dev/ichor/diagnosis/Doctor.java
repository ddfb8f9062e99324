package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

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

/// Hears events as they come and says, at any moment, why machines do not boot. Keeps of each
/// machine its latest boot only. For one thread at a time.
public final class Doctor {
    private static final List<Rule> RULES =
            Stream.of(FirmwareRules.ALL, LoaderRules.ALL, TalosRules.ALL, NodeRules.ALL)
                    .flatMap(List::stream)
                    .toList();

    private final Map<Mac, List<BootEvent>> heard = new HashMap<>();
    private final Map<String, BootEvent.ServiceDown> down = new LinkedHashMap<>();
    private final Map<Ip4, BootEvent.OtherServer> servers = new LinkedHashMap<>();
    private final Map<Mac, Patience> patience = new HashMap<>();
    private final Map<String, Mac> uuids = new HashMap<>();
    private final Map<Mac, Finding> twins = new LinkedHashMap<>();
    private @Nullable Instant begun;

    /// Nothing was learnt yet.
    public Doctor() {
        this(Map.of());
    }

    /// @param learnt what slow machines taught before
    public Doctor(Map<Mac, Patience> learnt) {
        patience.putAll(learnt);
    }

    /// What slow machines have taught so far.
    public Map<Mac, Patience> learnt() {
        return Map.copyOf(patience);
    }

    /// More of what happened, in order.
    public void hear(List<BootEvent> events) {
        for (BootEvent e : events) {
            if (begun == null) {
                begun = e.at();
            }
            network(e);
            Mac mac = e.mac();
            if (mac != null) {
                heard.computeIfAbsent(mac, m -> new ArrayList<>()).add(e);
            }
        }
    }

    /// All findings: those about this PC and the network first, then at most one a machine, the
    /// cause that hides the others.
    ///
    /// @param plan the machines that should boot
    /// @param now the moment to look from
    public List<Finding> findings(Collection<Mac> plan, Instant now) {
        List<Finding> all = new ArrayList<>();
        down.values().forEach(s -> all.add(NetworkRules.down(s)));
        servers.values().forEach(s -> all.add(NetworkRules.second(s)));
        all.addAll(twins.values());
        Instant from = begun == null ? now : begun;
        heard.keySet().retainAll(plan);
        for (Mac mac : plan) {
            machine(boot(mac, from, now)).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    /// Its latest boot, by the time it was seen: some of it is told late.
    private Trail boot(Mac mac, Instant from, Instant now) {
        List<BootEvent> events = new ArrayList<>(heard.getOrDefault(mac, List.of()));
        events.sort(Comparator.comparing(BootEvent::at));
        Trail latest =
                new Trail(
                                mac,
                                events,
                                List.copyOf(servers.values()),
                                patience.getOrDefault(mac, Patience.USUAL),
                                from,
                                now)
                        .latestBoot();
        heard.put(mac, new ArrayList<>(latest.events()));
        learn(mac, latest);
        return latest;
    }

    private void learn(Mac mac, Trail boot) {
        Patience learnt = boot.patience().after(boot.events());
        if (!learnt.equals(boot.patience())) {
            patience.put(mac, learnt);
        }
    }

    private static Optional<Finding> machine(Trail boot) {
        boolean ready =
                boot.last(BootEvent.KubernetesNode.class)
                        .filter(BootEvent.KubernetesNode::ready)
                        .isPresent();
        return ready
                ? Optional.empty()
                : RULES.stream()
                        .flatMap(r -> r.look(boot).stream())
                        .min(Comparator.comparing(Finding::cause));
    }

    private void network(BootEvent e) {
        switch (e) {
            case BootEvent.ServiceDown s -> down.put(s.service(), s);
            case BootEvent.ServiceUp s -> down.remove(s.service());
            case BootEvent.OtherServer s when !s.bootFile().isEmpty() -> servers.put(s.server(), s);
            case BootEvent.OtherServer s -> servers.remove(s.server());
            case BootEvent.Heard h when !h.uuid().isEmpty() -> {
                Mac other = uuids.putIfAbsent(h.uuid(), h.mac());
                if (other != null && !other.equals(h.mac())) {
                    twins.putIfAbsent(h.mac(), NetworkRules.twins(h, other));
                }
            }
            default -> {}
        }
    }
}
