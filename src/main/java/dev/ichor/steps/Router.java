package dev.ichor.steps;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.ProblemException;
import dev.ichor.discovery.Vendors;
import dev.ichor.router.Change;
import dev.ichor.router.Console;
import dev.ichor.router.RouterProbe;
import dev.ichor.router.Settings;
import dev.ichor.router.UniFi;
import dev.ichor.router.Wish;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the router is told for a cluster's machines to boot, and the way back. The console and the
/// old values are kept in `router.json`; key and password are not kept.
public final class Router implements Device {
    /// Where the console is.
    ///
    /// @param host name or address
    /// @param port usually 443
    /// @param site usually `default`
    /// @param user a local administrator, or empty to come with an API key
    public record At(String host, int port, String site, String user) {}

    /// What only the owner knows.
    public interface Ask {
        /// The API key, or the user's password where there is a user.
        String secret(At console);

        /// Whether this is the console's certificate (SHA-256), asked at the first connection only.
        boolean accept(At console, String fingerprint);
    }

    private final Draft draft;
    private final UndoFile<Change> file;
    private final UniFi unifi;
    private final Adapter adapter;
    private @Nullable List<Change> planned;

    private Router(Draft draft, UndoFile<Change> file, UniFi unifi, Adapter adapter) {
        this.draft = draft;
        this.file = file;
        this.unifi = unifi;
        this.adapter = adapter;
    }

    /// What the router tells machines that boot from the network.
    ///
    /// @throws ProblemException when there is no cluster or no adapter
    public static String verdict(ClusterFolder folder, World world)
            throws IOException, InterruptedException {
        Adapter adapter = adapter(folder.read(), world);
        return RouterProbe.probe(
                        adapter, world.lan().wire(), world.lan().dhcpServers(), world.random())
                .verdict();
    }

    /// What to enter by hand for the cluster's boot mode.
    public static List<String> byHand(ClusterFolder folder, World world) throws IOException {
        Draft draft = folder.read();
        Ip4 pc = adapter(draft, world).address();
        List<String> lines = new ArrayList<>(RouterFields.sentences(draft, pc));
        RouterFields.of(draft, pc).ifPresent(f -> lines.addAll(f.recipes()));
        return lines;
    }

    /// The router of an open cluster.
    ///
    /// @throws ProblemException as [#open(ClusterFolder, World, At, Ask)]
    public static Router open(Session session, At at, Ask ask)
            throws IOException, InterruptedException {
        return open(new ClusterFolder(session.folder()), session.world(), at, ask);
    }

    /// Connects to a UniFi console, and remembers its certificate once it was accepted.
    ///
    /// @throws ProblemException when it is away, shows another certificate, or refuses
    public static Router open(ClusterFolder folder, World world, At at, Ask ask)
            throws IOException, InterruptedException {
        Draft draft = folder.read();
        UndoFile<Change> file = UndoFile.ofRouter(folder.root().resolve("router.json"));
        UniFi unifi = connect(at, ask, file.read().pin(at.host()));
        unifi.settings();
        file.pin(at.host(), unifi.fingerprint());
        return new Router(draft, file, unifi, adapter(draft, world));
    }

    /// The machines that a UniFi console sees on its networks, with their makers.
    ///
    /// @throws ProblemException when it is away, shows a certificate that is not accepted, or
    ///   refuses
    public static List<Machine> clients(At at, Ask ask) throws IOException, InterruptedException {
        return connect(at, ask, null).clients().stream()
                .map(m -> Machine.of(m.mac()).made(Vendors.of(m.mac())).merge(m))
                .toList();
    }

    private static UniFi connect(At at, Ask ask, @Nullable String pin)
            throws IOException, InterruptedException {
        return UniFi.open(
                new Console(at.host(), at.port(), at.site(), pin),
                login(at, ask.secret(at)),
                new Console.Around(print -> ask.accept(at, print), Thread::sleep));
    }

    private static Console.Login login(At at, String secret) {
        return at.user().isEmpty()
                ? new Console.Login.Key(secret)
                : new Console.Login.Password(at.user(), secret);
    }

    /// Every network with its boot fields, one a line.
    public List<String> networks() throws IOException, InterruptedException {
        return unifi.settings().networks().stream()
                .map(n ->
                        "%s %s: network boot %s%s"
                                .formatted(
                                        n.name(),
                                        n.subnet().map(Object::toString).orElse("(no addresses)"),
                                        n.boot(),
                                        n.guarded()
                                                ? ", DHCP guarded, trusted "
                                                        + String.join(", ", n.trusted())
                                                : ""))
                .toList();
    }

    /// What would change, one a line.
    ///
    /// @throws ProblemException when the console has no network around this PC, or no place left
    @Override
    public List<String> differences() throws IOException, InterruptedException {
        Settings now = unifi.settings();
        Settings.Network network =
                now.around(adapter.address())
                        .orElseThrow(() ->
                                new ProblemException(
                                        "The console has no network around "
                                                + adapter.address()
                                                + ".",
                                        "It is another router's, or another site's.",
                                        "Choose the site, or another adapter."));
        planned = wish().changes(network, now);
        return planned.stream().map(Change::difference).toList();
    }

    @Override
    public void set() throws IOException, InterruptedException {
        if (planned == null) {
            throw new IllegalStateException("the difference was not shown");
        }
        file.set(unifi::write, planned);
    }

    @Override
    public List<String> undoable() throws IOException {
        return file.undoable();
    }

    @Override
    public void undo() throws IOException, InterruptedException {
        file.undo(unifi::write);
    }

    private Wish wish() throws ProblemException {
        Ip4 pc = adapter.address();
        return switch (draft.mode()) {
            case PROXY, UEFI_HTTP, OWN_DHCP -> beside(pc);
            case NAS_PROXY -> beside(RouterFields.nas(draft));
            case ROUTER_TO_PC, ROUTER_TO_NAS ->
                    new Wish(RouterFields.needed(draft, pc).change(), List.of(), fixed());
        };
    }

    /// The router names nobody, and lets this server answer.
    private Wish beside(Ip4 server) {
        return new Wish(Change.Boot.OFF, List.of(server.toString()), fixed());
    }

    private SortedMap<Mac, Wish.Host> fixed() {
        SortedMap<Mac, Wish.Host> all = new TreeMap<>();
        draft.wishes()
                .forEach((mac, wish) -> {
                    FixedAddress fixed = wish.fixed();
                    if (fixed != null) {
                        all.put(mac, new Wish.Host(wish.hostname(), fixed.address().toString()));
                    }
                });
        return all;
    }

    private static Adapter adapter(Draft draft, World world) throws IOException {
        List<Adapter> adapters = world.lan().adapters().list();
        if (adapters.isEmpty()) {
            throw new ProblemException(
                    "This PC has no network adapter that is up.",
                    "",
                    "Plug in the network cable or switch Wi-Fi on, then try again.");
        }
        return GetReady.chosen(adapters, draft.adapter());
    }
}
