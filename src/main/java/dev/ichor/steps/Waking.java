package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Wake-on-LAN, and whether it helped: a woken machine is heard asking for an address.
public final class Waking {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final World world;
    private final Adapter adapter;

    /// @param adapter where the machines are
    public Waking(World world, Adapter adapter) {
        this.world = world;
        this.adapter = adapter;
    }

    /// Wakes the machines and tells of each how long it took until it was heard.
    ///
    /// @param patience how long to wait for the last
    /// @param answered is told each machine once, with the time since its magic packet
    /// @return those that did not answer
    /// @throws IOException when nothing can be sent from the adapter
    public List<Mac> wake(
            Collection<Mac> machines, Duration patience, BiConsumer<Mac, Duration> answered)
            throws IOException, InterruptedException {
        BlockingQueue<Mac> heard = new LinkedBlockingQueue<>();
        BootLog log = new BootLog();
        log.listen(e -> {
            if (e instanceof BootEvent.Heard h) {
                heard.add(h.mac());
            }
        });
        Map<Mac, Instant> open = new HashMap<>();
        try (Closing ears = new Closing(ears(log))) {
            Set<Mac> before = Set.copyOf(world.lan().neighbours().read().values());
            for (Mac mac : machines) {
                world.lan().wake().wake(mac, adapter);
                open.put(mac, world.clock().instant());
            }
            Instant until = world.clock().instant().plus(patience);
            while (!open.isEmpty() && world.clock().instant().isBefore(until)) {
                Mac mac = heard.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                tell(mac == null ? present(open, before) : List.of(mac), open, answered);
            }
        }
        return List.copyOf(open.keySet());
    }

    private void tell(
            Collection<Mac> macs, Map<Mac, Instant> open, BiConsumer<Mac, Duration> answered) {
        for (Mac mac : macs) {
            Instant sent = open.remove(mac);
            if (sent != null) {
                answered.accept(mac, Duration.between(sent, world.clock().instant()));
            }
        }
    }

    /// A machine with a fixed address asks nobody, and is in the neighbour table once it has
    /// spoken. An entry that was there before says nothing: it outlives the machine.
    private List<Mac> present(Map<Mac, Instant> open, Set<Mac> before) throws IOException {
        return world.lan().neighbours().read().values().stream()
                .filter(mac -> open.containsKey(mac) && !before.contains(mac))
                .toList();
    }

    private AutoCloseable ears(BootLog log) throws IOException {
        try {
            return Discover.listen(world, adapter, log);
        } catch (dev.ichor.cluster.ProblemException e) {
            return () -> {};
        }
    }

    private record Closing(AutoCloseable resource) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Work.closeResource(resource);
        }
    }
}
