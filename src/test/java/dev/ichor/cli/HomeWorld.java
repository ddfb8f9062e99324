package dev.ichor.cli;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Subnet;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A PC at home with one adapter, 192.168.1.10, and what its environment says.
record HomeWorld(Map<String, String> environment) implements Platform {
    @Override
    public World world() {
        World w = TestWorld.without();
        Adapter card =
                new Adapter("eth0", "LAN", Subnet.parse("192.168.1.10/24").orElseThrow(), false, 1);
        World.Lan lan =
                new World.Lan(
                        () -> List.of(card),
                        w.lan().neighbours(),
                        w.lan().wire(),
                        w.lan().dhcpServers(),
                        w.lan().wake());
        return new World(lan, w.sources(), w.pc(), w.clock(), w.random(), w.haste());
    }

    @Override
    public @Nullable String variable(String name) {
        return environment.get(name);
    }

    @Override
    public Pretend pretend(int machines, Optional<Kill> kill) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public boolean wizard() {
        return false;
    }
}
