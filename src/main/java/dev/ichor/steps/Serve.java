package dev.ichor.steps;

import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;
import dev.ichor.netboot.Approval;
import dev.ichor.netboot.ConfigSource;
import dev.ichor.netboot.ControlServer;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Notebook;
import dev.ichor.netboot.Rules;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The boot server by itself, for `ichor serve`.
public final class Serve {
    private Serve() {}

    /// What a running server does on the DHCP port.
    public enum Dhcp {
        /// Answers beside the router (mode A).
        PROXY,
        /// Hears only (mode B).
        LISTEN,
        /// Gives out addresses itself, on an isolated cable or switch.
        LEASE,
        /// Nothing.
        OFF
    }

    /// How to serve.
    ///
    /// @param bind this PC's address to serve on, or null for the likeliest adapter's
    /// @param dhcp what to do on the DHCP port, or null for what the cluster's boot mode says
    /// @param approveAll whether configs leave without asking
    /// @param strangers whether machines that are not in the plan boot to a page that says so
    /// @param overHttp whether configs are handed out by HTTP where they need not be
    /// @param loaders boot loaders the owner chose for single machines, by their usual names
    public record Options(
            @Nullable Ip4 bind,
            @Nullable Dhcp dhcp,
            boolean approveAll,
            boolean strangers,
            boolean overHttp,
            Map<Mac, String> loaders) {
        /// Copies the map.
        public Options {
            loaders = Map.copyOf(loaders);
        }
    }

    /// A TCP port that is free now. A cluster's tree names the port, so it must be known before the
    /// server starts.
    ///
    /// @throws IOException when there is none
    public static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /// Where the listeners are; null where there is none.
    public record Listening(
            int http, int tftp, @Nullable Integer dhcp, @Nullable Integer pxe, int control) {}

    /// Takes the adapter that has an address.
    ///
    /// @param bind this PC's address, or null for the plan's adapter, or else the likeliest
    /// @throws ProblemException when there is none
    public static void choose(Session session, @Nullable Ip4 bind) throws IOException {
        boolean chosen = !session.snapshot().draft().adapter().isEmpty();
        if (bind != null || !chosen) {
            Adapter adapter = adapter(session.world(), bind);
            session.edit(d -> d.on(adapter.id()));
        }
    }

    /// Serves a cluster until interrupted, and brings it up.
    public static void cluster(Session session, Options options, Consumer<Listening> ready)
            throws Exception {
        Adapter adapter = adapter(session.world(), options.bind());
        session.edit(d -> d.on(adapter.id()));
        DhcpRole dhcp =
                options.dhcp() == null
                        ? Boot.dhcp(session)
                        : role(
                                options.dhcp(),
                                session.world(),
                                adapter,
                                new ClusterFolder(session.folder()).notebook("leases"));
        Approval approval = options.approveAll() ? Approval.ALL : Approval.ASK;
        Boot.Order order =
                new Boot.Order(
                        approval, dhcp, options.strangers(), options.overHttp(), options.loaders());
        Boot.run(session, order, serving -> ready.accept(serving.listening()));
    }

    /// A Matchbox data folder.
    ///
    /// @param data holds `groups/`, `profiles/`…
    /// @param assets what `/assets` shows, or null for `assets` in the folder
    public record Tree(Path data, @Nullable Path assets) {
        BootTree open() throws ProblemException {
            if (!Files.isDirectory(data)) {
                throw new ProblemException(
                        data + " is not a folder.",
                        "",
                        "Name a Matchbox data folder: it holds groups/ and profiles/.");
            }
            return BootTree.folder(data, assets == null ? data.resolve("assets") : assets);
        }
    }

    /// Serves a Matchbox data folder until interrupted.
    public static void tree(
            Tree tree, World world, Options options, BootLog log, Consumer<Listening> ready)
            throws Exception {
        Adapter adapter = on(world, options.bind());
        Dhcp dhcp = options.dhcp() == null ? Dhcp.PROXY : options.dhcp();
        Serving.Order order =
                new Serving.Order(
                        tree.open(),
                        ConfigSource.NONE,
                        Rules.folder(options.approveAll() ? Approval.ALL : Approval.ASK),
                        role(dhcp, world, adapter, Notebook.NONE),
                        mac -> Optional.of(""),
                        options.strangers(),
                        new Serving.LoaderWishes(Notebook.NONE, options.loaders()),
                        ControlServer.DiskChoice.NONE);
        try (Serving serving = Serving.start(world, adapter.address(), order, log)) {
            ready.accept(serving.listening());
            serving.await();
        }
    }

    private static DhcpRole role(Dhcp dhcp, World world, Adapter adapter, Notebook book)
            throws IOException, InterruptedException {
        return switch (dhcp) {
            case PROXY -> DhcpRole.PROXY;
            case LISTEN -> DhcpRole.LISTEN;
            case OFF -> DhcpRole.OFF;
            case LEASE -> Leasing.on(adapter, world, book);
        };
    }

    /// A loopback address is taken as it is, for tests and for a server behind a forwarder.
    private static Adapter on(World world, @Nullable Ip4 bind) throws IOException {
        return bind != null && bind.inet().isLoopbackAddress()
                ? new Adapter("lo", "this PC", new Subnet(bind, 8), true, 0)
                : adapter(world, bind);
    }

    private static Adapter adapter(World world, @Nullable Ip4 bind) throws IOException {
        List<Adapter> all = world.lan().adapters().list();
        return all.stream()
                .filter(a -> bind == null || a.address().equals(bind))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                bind == null
                                        ? "This PC has no network adapter that is up."
                                        : "No adapter of this PC has the address " + bind + ".",
                                all.isEmpty()
                                        ? ""
                                        : "It has "
                                                + String.join(
                                                        ", ",
                                                        all.stream()
                                                                .map(a ->
                                                                        a.id() + " " + a.address())
                                                                .toList())
                                                + ".",
                                "Plug in the cable, or name another address with --bind."));
    }
}
