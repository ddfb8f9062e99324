package dev.ichor;

import dev.ichor.artifacts.Cache;
import dev.ichor.artifacts.Internet;
import dev.ichor.artifacts.IpxeRelease;
import dev.ichor.artifacts.LoaderFinder;
import dev.ichor.artifacts.PinnedFiles;
import dev.ichor.artifacts.Upstream;
import dev.ichor.boot.Wire;
import dev.ichor.cli.Platform;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.discovery.Adapters;
import dev.ichor.discovery.NeighbourTable;
import dev.ichor.discovery.WakeOnLan;
import dev.ichor.fleet.PretendNetwork;
import dev.ichor.fleet.Script;
import dev.ichor.host.Outside;
import dev.ichor.host.ThisPc;
import dev.ichor.steps.Owner;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.Session;
import dev.ichor.steps.World;
import dev.ichor.ui.Fronts;
import dev.ichor.ui.Wizard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The two worlds: the real one, and the pretended network's.
public final class Wiring implements Platform, Fronts {
    private static final int DEMO_MACHINES = 4;

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final Internet internet = new Internet(System.getenv(), Thread::sleep);

    @Override
    public World world() {
        World.Lan lan =
                new World.Lan(
                        Adapters::list,
                        NeighbourTable.system(),
                        Wire.REAL,
                        List.of(),
                        WakeOnLan::wake);
        Cache cache = new Cache(Folders.cache());
        Path loaders = Folders.cache().resolve("loaders");
        World.Sources sources =
                new World.Sources(
                        Upstream.official(),
                        internet,
                        new IpxeRelease(
                                IpxeRelease.Site.OFFICIAL,
                                new PinnedFiles(cache, internet, clock),
                                loaders),
                        () -> LoaderFinder.find(LoaderFinder.usualFolders(loaders)),
                        cache);
        World.Pc pc = new World.Pc(ThisPc.system(), Outside.real(clock));
        return new World(lan, sources, pc, clock, random, 1);
    }

    @Override
    public Pretend pretend(int machines, Optional<Platform.Kill> kill) throws IOException {
        Script script =
                new Script(
                        machines,
                        kill.map(k -> new Script.Kill(k.mac(), k.stage())).orElse(null),
                        kill.isEmpty());
        PretendNetwork net = PretendNetwork.start(script, clock, random);
        net.powerOnAll();
        Path scratch = Files.createTempDirectory("ichor-demo");
        World.Lan lan =
                new World.Lan(
                        () -> List.of(net.adapter()),
                        net::neighbours,
                        net.wire(),
                        net.dhcpServers(),
                        (mac, from) -> net.powerOn(mac));
        Internet direct = new Internet(Map.of(), Thread::sleep);
        Cache cache = new Cache(scratch.resolve("cache"));
        World world =
                new World(
                        lan,
                        new World.Sources(
                                new Upstream(
                                        net.mirror(),
                                        net.mirror().resolve("/list"),
                                        net.mirror().resolve("/factory"),
                                        net::checksum),
                                direct,
                                new IpxeRelease(
                                        new IpxeRelease.Site(net.mirror(), net.mirror()),
                                        new PinnedFiles(cache, direct, clock),
                                        scratch.resolve("loaders")),
                                net::loaders,
                                cache),
                        World.Pc.QUIET,
                        clock,
                        random,
                        net.haste());
        return new Pretend(
                world,
                machines,
                net.machines().getFirst().mac(),
                net.cycled(),
                net.nas(),
                new Drawer(net),
                scratch,
                net);
    }

    @Override
    public boolean wizard() throws ProblemException {
        if (Display.present()) {
            Wizard.launch(this);
            return true;
        }
        return false;
    }

    @Override
    public Session demo(Owner owner) throws IOException {
        Pretend network = pretend(DEMO_MACHINES, Optional.empty());
        Session session =
                Session.open(
                        network.scratch().resolve("pretend-lab"), network.world(), network.owner());
        session.closeLast(network);
        session.edit(d -> d.named("pretend-lab").copiedTo(network.nas()));
        return session;
    }

    @Override
    public Session open(Path clusterFolder, Owner owner) throws IOException {
        return Session.openAlone(clusterFolder, world(), owner);
    }

    @Override
    public Session look(Path clusterFolder, Owner owner) throws IOException {
        return Session.open(clusterFolder, world(), owner);
    }

    @Override
    public Path clustersHome() {
        return Folders.clusters();
    }

    @Override
    public Path settings() {
        return Folders.settings();
    }

    /// The owner of the pretended NAS: knows its password and trusts its key.
    private record Drawer(PretendNetwork net) implements Owner {
        @Override
        public char[] password(NasTarget target) {
            return net.nasPassword();
        }

        @Override
        public boolean accept(NasTarget target, String hostKey) {
            return true;
        }
    }
}
