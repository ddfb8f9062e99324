package dev.ichor.steps;

import dev.ichor.artifacts.LoaderFinder;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.PortOwner.Transport;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.RouterReport;
import dev.ichor.diagnosis.Finding;
import dev.ichor.diagnosis.HostFacts;
import dev.ichor.diagnosis.HostRules;
import dev.ichor.netboot.PortTakenException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Whether this PC can serve, looked at before it does: everything is read once, at the same time;
/// what cannot be read is left out.
public final class HostCheck {
    /// Kernel and initramfs of a release, twice, with room to spare.
    private static final long TALOS_NEEDS = 500L << 20;

    /// Logs and configs.
    private static final long CLUSTER_NEEDS = 50L << 20;

    private HostCheck() {}

    /// What stands in the way, the worst first.
    ///
    /// @param draft names the adapter and the NAS
    /// @param router what the DHCP servers say, or null when they were not asked
    /// @param folder the cluster's
    /// @throws IOException when the adapters cannot be listed
    public static List<Finding> run(
            World world, Draft draft, @Nullable RouterReport router, Path folder)
            throws IOException, InterruptedException {
        return HostRules.findings(facts(world, draft, router, folder));
    }

    /// As [#run], and asks the router first; not being allowed to is no finding.
    ///
    /// @throws IOException when the adapters cannot be listed
    public static List<Finding> withRouter(World world, Draft draft, Path folder)
            throws IOException, InterruptedException {
        List<Adapter> adapters = world.lan().adapters().list();
        RouterReport router = null;
        if (!adapters.isEmpty()) {
            try {
                router = GetReady.ask(world, GetReady.chosen(adapters, draft.adapter()));
            } catch (ProblemException e) {
                unread(e);
            }
        }
        return run(world, draft, router, folder);
    }

    /// Has the firewall of this PC let this program in; the system asks for consent.
    ///
    /// @throws IOException when it was not done
    public static void letIn(World world) throws IOException, InterruptedException {
        world.pc().system().letIn();
    }

    /// Looks and shows what was found; what cannot be read is shown by the steps that need it.
    public static void look(Session session) {
        Snapshot s = session.snapshot();
        try {
            List<Finding> all =
                    run(session.world(), s.draft(), s.results().router(), session.folder());
            session.change(now -> now.with(now.results().withPc(all)));
        } catch (IOException e) {
            unread(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Has the firewall let this program in, and looks again: what still stands in the way is shown
    /// with the commands.
    public static void letIn(Session session) {
        try {
            letIn(session.world());
        } catch (IOException e) {
            unread(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        look(session);
    }

    /// Who has the port that could not be opened.
    static Problem owner(World world, Ip4 address, PortTakenException e) {
        HostFacts.Port port = new HostFacts.Port(e.transport(), e.number(), "");
        try {
            return HostRules.taken(e.problem().what(), port, others(world), address)
                    .orElse(e.problem());
        } catch (IOException unreadable) {
            return e.problem();
        }
    }

    private static HostFacts facts(
            World world, Draft draft, @Nullable RouterReport router, Path folder)
            throws IOException, InterruptedException {
        List<Adapter> adapters = world.lan().adapters().list();
        Adapter chosen = adapters.isEmpty() ? null : GetReady.chosen(adapters, draft.adapter());
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<PortOwner>> listeners = all.submit(() -> others(world));
            Future<PcNetwork> network = all.submit(() -> world.pc().system().network());
            Future<Optional<Duration>> clock = all.submit(() -> world.pc().outside().clockAhead());
            Future<String> nas = all.submit(() -> deadNas(world, draft.nas()));
            PcNetwork net = got(network, PcNetwork.OPEN);
            Future<Optional<Ip4>> gateway = all.submit(() -> deadRouter(world, net, chosen));
            return new HostFacts(
                    world.clock().instant(),
                    ports(world.lan().wire()),
                    got(listeners, List.of()),
                    adapters,
                    chosen,
                    net,
                    router,
                    new HostFacts.Around(
                            got(gateway, Optional.<Ip4>empty()).orElse(null),
                            got(nas, ""),
                            got(clock, Optional.<Duration>empty()).orElse(null),
                            rooms(world, folder),
                            noLoader(world)));
        }
    }

    /// Other programs than this one.
    private static List<PortOwner> others(World world) throws IOException {
        long self = ProcessHandle.current().pid();
        return world.pc().system().listeners().stream().filter(o -> o.pid() != self).toList();
    }

    private static List<HostFacts.Port> ports(Wire w) {
        return List.of(
                new HostFacts.Port(Transport.UDP, w.dhcpServer(), "DHCP"),
                new HostFacts.Port(Transport.UDP, w.pxe(), "PXE"),
                new HostFacts.Port(Transport.UDP, w.tftp(), "TFTP"),
                new HostFacts.Port(Transport.TCP, w.http(), "HTTP"));
    }

    /// Some routers answer no ping; their MAC in the neighbour table tells that they are there.
    private static Optional<Ip4> deadRouter(World world, PcNetwork net, @Nullable Adapter on)
            throws IOException {
        for (Ip4 gateway : net.gateways()) {
            boolean near = on != null && on.subnet().contains(gateway);
            if (near
                    && !world.pc().outside().reaches(gateway)
                    && !world.lan().neighbours().read().containsKey(gateway)) {
                return Optional.of(gateway);
            }
        }
        return Optional.empty();
    }

    private static String deadNas(World world, @Nullable NasTarget nas) {
        if (nas == null || nas.host().isBlank() || nas.protocol() == NasTarget.Protocol.FOLDER) {
            return "";
        }
        return world.pc().outside().opens(nas.server(), nas.serverPort())
                ? ""
                : nas.server() + ":" + nas.serverPort();
    }

    private static List<HostFacts.Room> rooms(World world, Path folder) {
        List<HostFacts.Room> all = new ArrayList<>();
        room("Talos", world.sources().cache().root(), TALOS_NEEDS, all);
        room("the cluster's logs", folder.toAbsolutePath(), CLUSTER_NEEDS, all);
        return all;
    }

    private static void room(String what, Path folder, long needed, List<HostFacts.Room> all) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            all.add(new HostFacts.Room(what, there.toString(), free, needed));
        } catch (IOException e) {
            unread(e);
        }
    }

    private static @Nullable Problem noLoader(World world) {
        return world.sources().loaders().get().all().isEmpty() ? LoaderFinder.missing() : null;
    }

    private static <T> T got(Future<T> reading, T otherwise) throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            unread(e);
            return otherwise;
        }
    }

    private static void unread(Exception e) {
        System.getLogger(HostCheck.class.getName())
                .log(System.Logger.Level.INFO, "not to be read", e);
    }
}
