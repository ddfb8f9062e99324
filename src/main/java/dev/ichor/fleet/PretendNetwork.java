package dev.ichor.fleet;

import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.TalosVersion;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A whole home network on loopback: thin clients, router, NAS and a mirror of Talos' release page.
/// Everything speaks its real protocol over real sockets as an ordinary user; the PC in the middle
/// is this program's own boot server.
public final class PretendNetwork implements AutoCloseable {
    /// From here on the machines start one by one and the files are small.
    private static final int CROWD = 50;

    private static final Mac ROUTER = Mac.of("74:ac:b9:00:00:01");
    private static final Mac NAS = Mac.of("00:11:32:00:00:03");
    private static final int CERTAIN = 100;

    private final Block block;
    private final Lan lan;
    private final House house;
    private final Fleet fleet;
    private final Closing closing;

    private PretendNetwork(Block block, Lan lan, House house, Fleet fleet, Closing closing) {
        this.closing = closing;
        this.block = block;
        this.lan = lan;
        this.house = house;
        this.fleet = fleet;
    }

    /// Opens the network; all machines are off.
    ///
    /// @param clock for receive time-outs
    /// @param random for free addresses and ports, keys and transaction ids
    /// @throws dev.ichor.cluster.ProblemException when loopback has no room
    public static PretendNetwork start(Script script, InstantSource clock, SecureRandom random)
            throws IOException {
        return start(script, crowd(script) ? Pace.crowd() : Pace.watchable(), clock, random);
    }

    static PretendNetwork start(Script script, Pace pace, InstantSource clock, SecureRandom random)
            throws IOException {
        Closing closing = new Closing();
        try {
            Block block = closing.add(Block.free(script.machines(), random));
            return open(block, script, lan(block, script, pace, clock, random), closing);
        } catch (IOException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static PretendNetwork open(Block block, Script script, Lan lan, Closing closing)
            throws IOException {
        List<Hardware> drawer = Drawer.of(script, block);
        House house = House.open(block, drawer, lan, crowd(script), closing);
        Fleet fleet = closing.add(new Fleet(script, drawer, lan));
        return new PretendNetwork(block, lan, house, fleet, closing);
    }

    private static Lan lan(
            Block block, Script script, Pace pace, InstantSource clock, SecureRandom random) {
        Set<InetSocketAddress> listening = ConcurrentHashMap.newKeySet();
        Wire wire = new Ports(random).wire(() -> List.copyOf(listening));
        return new Lan(
                wire,
                List.of(
                        new InetSocketAddress(block.router().inet(), wire.dhcpServer()),
                        new InetSocketAddress(block.pc().inet(), wire.dhcpServer())),
                listening,
                pace,
                Thread::sleep,
                clock,
                random,
                script.mishaps());
    }

    private static boolean crowd(Script script) {
        return script.machines() >= CROWD;
    }

    /// The PC's adapter on this network.
    public Adapter adapter() {
        return new Adapter("pretend0", "Pretend network", block.subnet(), false, CERTAIN);
    }

    /// Ports free for an ordinary user; a broadcast to the clients goes to each that listens now.
    public Wire wire() {
        return lan.wire();
    }

    /// What the PC's neighbour table shows: every machine that has taken a lease, router and NAS.
    public Map<Ip4, Mac> neighbours() {
        Map<Ip4, Mac> all = new HashMap<>(house.router().leases());
        all.put(block.router(), ROUTER);
        all.put(block.nas(), NAS);
        return all;
    }

    /// Where a broadcast to the DHCP servers goes.
    public List<InetSocketAddress> dhcpServers() {
        return lan.servers();
    }

    /// The NAS; its host key is shown at the first connection.
    public NasTarget nas() {
        return house.nas().target(lan.wire().http());
    }

    /// The password of the NAS's one user.
    public char[] nasPassword() {
        return house.nas().password();
    }

    /// What the NAS shows as its root.
    public Path nasFolder() {
        return house.nasFolder();
    }

    /// Checksums of the pretended releases.
    public Optional<String> checksum(TalosVersion talos, String name) {
        return house.mirror().checksum(talos, name);
    }

    /// Base of a pretended Talos release page; `/list` is its release list, `/factory` a pretended
    /// Image Factory.
    public URI mirror() {
        return house.mirror().uri();
    }

    /// Stand-ins for iPXE, one for BIOS and one for UEFI.
    public Loaders loaders() {
        return house.loaders();
    }

    /// What lies in the drawer, the machine meant as control plane first.
    public List<Machine> machines() {
        return fleet.machines();
    }

    /// How many times faster than on a real network things go here: patience and the pauses between
    /// two looks at a node are to be divided by it. A crowd is slower, for it shares one computer.
    public double haste() {
        return lan.pace().haste();
    }

    /// The machine that will lose its power once after all are Ready, when the script says so.
    public Optional<Mac> cycled() {
        return fleet.cycled();
    }

    /// Switches a machine on. One that is on and found nothing to boot tries again; any other is
    /// left alone.
    public void powerOn(Mac mac) {
        fleet.powerOn(mac);
    }

    /// Cuts a machine's power; returns when it is dead.
    public void powerOff(Mac mac) throws InterruptedException {
        fleet.powerOff(mac);
    }

    /// Switches all machines on, one shortly after the other; returns at once.
    public void powerOnAll() {
        fleet.powerOnAll();
    }

    /// Switches everything off.
    @Override
    public void close() throws IOException {
        closing.close();
    }
}
