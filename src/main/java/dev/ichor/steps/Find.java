package dev.ichor.steps;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Machine;
import dev.ichor.discovery.Sweep;

import java.io.IOException;
import java.util.function.Consumer;

/// Step 2: one sweep of the adapter's network. What the machines broadcast meanwhile is heard by
/// the session's DHCP listener.
final class Find {
    private Find() {}

    static String run(Session session, World world, Owner owner, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Adapter adapter = Needs.adapter(session);
        boolean large = Sweep.question(adapter.subnet()).filter(owner::searchLarge).isPresent();
        Discover.sweep(world, adapter, large, session::found, progress);
        session.save();
        var machines = session.snapshot().draft().machines().values();
        long pxe = machines.stream().filter(Machine::pxe).count();
        return machines.size()
                + " found on "
                + adapter.subnet()
                + ", "
                + pxe
                + " asked for a network boot";
    }
}
