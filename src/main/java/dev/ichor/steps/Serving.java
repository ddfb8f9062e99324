package dev.ichor.steps;

import dev.ichor.artifacts.LoaderFinder;
import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.ProblemException;
import dev.ichor.netboot.BootServer;
import dev.ichor.netboot.ConfigSource;
import dev.ichor.netboot.ControlServer;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Gate;
import dev.ichor.netboot.LoaderMemory;
import dev.ichor.netboot.Notebook;
import dev.ichor.netboot.PortTakenException;
import dev.ichor.netboot.Ports;
import dev.ichor.netboot.Rules;
import dev.ichor.netboot.Setup;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The boot server with its gate and its control listener, running.
public final class Serving implements AutoCloseable {
    private final BootServer server;
    private final ControlServer control;
    private final Gate gate;
    private final String token;
    private final Kept kept;

    private Serving(BootServer server, ControlServer control, Gate gate, String token, Kept kept) {
        this.server = server;
        this.control = control;
        this.gate = gate;
        this.token = token;
        this.kept = kept;
    }

    /// What listens to the log.
    private record Kept(LoaderMemory loaders, Runnable unproved) {
        void close() {
            loaders.close();
            unproved.run();
        }
    }

    /// What to serve, to whom.
    ///
    /// @param tree the files
    /// @param configs renders a machine's config; empty where the tree holds them itself
    /// @param rules who may have a config, and what is remembered
    /// @param dhcp what to do on the DHCP port
    /// @param machines host names of the machines we answer; an empty text where it has none
    /// @param strangers whether others boot to a page that says they are not in the plan
    /// @param loaders which loader each machine is handed
    /// @param disks takes the owner's choices of disks
    public record Order(
            BootTree tree,
            ConfigSource configs,
            Rules rules,
            DhcpRole dhcp,
            Function<Mac, Optional<String>> machines,
            boolean strangers,
            LoaderWishes loaders,
            ControlServer.DiskChoice disks) {}

    /// Which boot loader each machine is handed.
    ///
    /// @param book what was learnt
    /// @param chosen the owner's word for single machines
    public record LoaderWishes(Notebook book, Map<Mac, String> chosen) {
        LoaderMemory memory(Supplier<Loaders> all, BootLog log, World world) throws IOException {
            LoaderMemory memory = new LoaderMemory(all, book, log, world.clock());
            for (Map.Entry<Mac, String> c : chosen.entrySet()) {
                memory.choose(c.getKey(), c.getValue());
            }
            return memory;
        }
    }

    /// The loaders, searched for once, by whoever needs them first: it takes a moment, and the
    /// ports open meanwhile.
    private static final class Found implements Supplier<Loaders> {
        private final Supplier<Loaders> search;
        private @Nullable Loaders found;

        Found(Supplier<Loaders> search) {
            this.search = search;
        }

        @Override
        public synchronized Loaders get() {
            Loaders all = found == null ? search.get() : found;
            found = all;
            return all;
        }
    }

    private static void tellIfNone(Loaders loaders, World world, BootLog log) {
        if (loaders.all().isEmpty()) {
            String words = LoaderFinder.missing().toString();
            log.append(new BootEvent.ServiceDown(world.clock().instant(), "loaders", words));
        }
    }

    /// Binds all listeners.
    ///
    /// @throws ProblemException when one cannot be bound; none stays bound then
    public static Serving start(World world, Ip4 address, Order order, BootLog log)
            throws IOException {
        Gate gate =
                new Gate(
                        order.rules(), ip -> macOf(world, ip), order.configs(), log, world.clock());
        Setup setup =
                new Setup(
                        address,
                        world.lan().wire(),
                        order.dhcp(),
                        world.clock(),
                        mac -> order.machines().apply(mac).isPresent(),
                        order.strangers());
        Found loaders = new Found(world.sources().loaders());
        LoaderMemory memory = order.loaders().memory(loaders, log, world);
        BootServer server =
                opened(
                        world,
                        address,
                        () -> BootServer.start(setup, order.tree(), memory, gate, log));
        Thread.ofVirtual().name("loaders").start(() -> tellIfNone(loaders.get(), world, log));
        Runnable unproved = prove(gate, log, world.clock().instant());
        try {
            gate.begin();
            String token = Tokens.of(world.random());
            ControlServer control =
                    ControlServer.start(
                            token,
                            log,
                            gate,
                            order.machines(),
                            new ControlServer.Hands(order.disks(), memory::another));
            return new Serving(server, control, gate, token, new Kept(memory, unproved));
        } catch (IOException e) {
            unproved.run();
            server.close();
            throw e;
        }
    }

    private interface Opening {
        BootServer open() throws IOException;
    }

    /// Names who has the port when one is taken.
    private static BootServer opened(World world, Ip4 address, Opening opening) throws IOException {
        try {
            return opening.open();
        } catch (PortTakenException e) {
            throw new ProblemException(HostCheck.owner(world, address, e), e);
        }
    }

    /// Bring-up tells that an API answered only after mutual TLS with this cluster's authority, and
    /// when the node there has the machine's own MAC: the proof of an installation. What was told
    /// before these servers ran is none any more. The gate is told on another thread: it tells the
    /// log things while it is locked, and the log calls us while it is.
    static Runnable prove(Gate gate, BootLog log, Instant begin) {
        return log.listen(e -> {
            if (e instanceof BootEvent.ApiAnswered a && !a.at().isBefore(begin)) {
                Thread.startVirtualThread(() -> gate.installed(a.mac()));
            }
        });
    }

    /// Where the listeners are.
    public Serve.Listening listening() {
        Ports p = server.ports();
        return new Serve.Listening(p.http(), p.tftp(), p.dhcp(), p.pxe(), control.port());
    }

    /// What a command has to show to the control listener.
    public String token() {
        return token;
    }

    /// Who may have a config.
    public Gate gate() {
        return gate;
    }

    /// What the owner wants done to a machine; what destroys was confirmed.
    void order(Mac mac, MachineAction action) {
        switch (action) {
            case REINSTALL, WIPE -> gate.order(mac, action);
            case LOCAL_BOOT -> gate.bootLocally(mac);
            case OTHER_LOADER -> kept.loaders().another(mac);
        }
    }

    /// Waits until the servers stop.
    public void await() throws InterruptedException {
        server.await();
    }

    @Override
    public void close() {
        control.close();
        server.close();
        kept.close();
    }

    private static Optional<Mac> macOf(World world, Ip4 ip) {
        try {
            return Optional.ofNullable(world.lan().neighbours().read().get(ip));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
