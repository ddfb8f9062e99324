package dev.ichor.steps;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.RouterReport;
import dev.ichor.router.RouterProbe;

import java.io.IOException;
import java.util.List;

/// Step 1: the network adapter, and what the router tells machines that boot from the network.
final class GetReady {
    private GetReady() {}

    static String run(Session session, World world) throws IOException, InterruptedException {
        List<Adapter> adapters = world.lan().adapters().list();
        if (adapters.isEmpty()) {
            throw new ProblemException(
                    "This PC has no network adapter that is up.",
                    "Without one no machine can be reached.",
                    "Plug in the network cable or switch Wi-Fi on, then try again.");
        }
        session.change(s -> s.with(s.results().with(adapters)));
        Adapter chosen = chosen(adapters, session.snapshot().draft().adapter());
        session.edit(d -> d.on(chosen.id()));
        String router = askRouter(session, world, chosen);
        HostCheck.look(session);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return chosen.id() + ", " + chosen.address() + ". " + router;
    }

    /// The adapter with this id, else the likeliest.
    static Adapter chosen(List<Adapter> adapters, String id) {
        return adapters.stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElse(adapters.getFirst());
    }

    /// Not being allowed to ask is no reason to stop: the owner may know the router.
    static String askRouter(Session session, World world, Adapter adapter)
            throws IOException, InterruptedException {
        try {
            RouterReport report = ask(world, adapter);
            session.change(s -> s.with(s.results().with(report)));
            return report.verdict();
        } catch (ProblemException e) {
            return "The router was not asked: " + e.problem().what();
        }
    }

    static RouterReport ask(World world, Adapter adapter) throws IOException, InterruptedException {
        return RouterProbe.probe(
                adapter, world.lan().wire(), world.lan().dhcpServers(), world.random());
    }
}
