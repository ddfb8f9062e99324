package dev.ichor.steps;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.discovery.Vendors;
import dev.ichor.router.Change;
import dev.ichor.router.Console;
import dev.ichor.router.Recipes;
import dev.ichor.router.RouterProbe;
import dev.ichor.router.RouterText;
import dev.ichor.router.Settings;
import dev.ichor.router.UniFi;
import dev.ichor.router.Wish;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
        List<String> lines =
                new ArrayList<>(RouterText.of(draft.mode(), pc, nas(draft), firmware(draft)));
        if (draft.mode() == BootMode.ROUTER_TO_PC) {
            lines.addAll(recipes(pc));
        }
        return lines;
    }

    /// How the fields are called in the routers people have, for the router that names this PC:
    /// `ROUTER: what to do`, one a line.
    public static List<String> recipes(Ip4 pc) {
        return Recipes.of(new Change.Boot(true, pc.toString(), RouterText.PC_FILE));
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
        String pc = adapter.address().toString();
        String nas = nas(draft).toString();
        return switch (draft.mode()) {
            case PROXY, UEFI_HTTP -> new Wish(Change.Boot.OFF, List.of(pc), fixed());
            case NAS_PROXY -> new Wish(Change.Boot.OFF, List.of(nas), fixed());
            case ROUTER_TO_PC ->
                    new Wish(new Change.Boot(true, pc, RouterText.PC_FILE), List.of(), fixed());
            case ROUTER_TO_NAS ->
                    new Wish(
                            new Change.Boot(true, nas, RouterText.nasFile(firmware(draft))),
                            List.of(),
                            fixed());
        };
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

    private static Ip4 nas(Draft draft) {
        NasTarget nas = draft.nas();
        return nas == null ? Ip4.NONE : Ip4.parse(nas.host()).orElse(Ip4.NONE);
    }

    private static Set<Firmware> firmware(Draft draft) {
        return draft.wishes().keySet().stream()
                .map(mac -> draft.machine(mac).firmware())
                .collect(Collectors.toSet());
    }
}
