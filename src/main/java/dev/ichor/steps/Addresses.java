package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.talos.api.Ears;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where the machines of a plan are: as heard since this program started, else as the system's
/// neighbour table or an earlier session has it. An address is a hint of whom to ask, no proof.
final class Addresses implements Ears.Who, AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private record Table(Instant at, Map<Ip4, Mac> entries) {}

    private final ClusterPlan plan;
    private final World world;
    private final Map<Mac, Ip4> heard = new ConcurrentHashMap<>();
    private final Runnable stop;
    private Table table = new Table(Instant.MIN, Map.of());

    Addresses(ClusterPlan plan, World world, BootLog log) {
        this.plan = plan;
        this.world = world;
        this.stop = log.listen(this::remember);
    }

    private void remember(BootEvent event) {
        switch (event) {
            case BootEvent.Leased e -> heard.put(e.mac(), e.ip());
            case BootEvent.ConfigAsked e -> heard.put(e.mac(), e.ip());
            case BootEvent.PartServed e -> heard.put(e.mac(), e.ip());
            default -> {}
        }
    }

    Optional<Ip4> of(Mac mac) {
        return Optional.ofNullable(heard.get(mac))
                .or(() -> neighbour(mac))
                .or(() -> plan.node(mac).map(n -> n.machine().ip()));
    }

    private Optional<Ip4> neighbour(Mac mac) {
        return neighbours().entrySet().stream()
                .filter(e -> e.getValue().equals(mac))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public boolean has(Mac mac, Ip4 ip) {
        return ip.equals(heard.get(mac)) || mac.equals(neighbours().get(ip));
    }

    @Override
    public Optional<Mac> at(Ip4 ip) {
        return plan.nodes().stream().map(Node::mac).filter(m -> has(m, ip)).findFirst();
    }

    /// Reading the table may start a program, so it is not read for each datagram.
    private synchronized Map<Ip4, Mac> neighbours() {
        Instant now = world.clock().instant();
        if (now.isAfter(table.at().plus(FRESH))) {
            table = new Table(now, read());
        }
        return table.entries();
    }

    private Map<Ip4, Mac> read() {
        try {
            return world.lan().neighbours().read();
        } catch (IOException e) {
            return Map.of();
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
