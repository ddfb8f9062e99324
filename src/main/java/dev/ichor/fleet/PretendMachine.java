package dev.ichor.fleet;

import dev.ichor.boot.Stage;
import dev.ichor.talos.Authority;
import dev.ichor.talos.PemPair;
import dev.ichor.talos.api.proto.MachineStage;
import dev.ichor.talos.api.proto.MachineStatusEvent;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One thin client from power-on to power-off, again and again; only its disk stays.
final class PretendMachine implements Milestones {
    private static final String WIPE = "talos.experimental.wipe=system";

    private final Hardware hardware;
    private final Lan lan;
    private final TalosNode.World world;
    private final Script.@Nullable Kill kill;
    private final Duration turn;

    /// The STATE partition.
    private volatile @Nullable NodeConfig disk;

    private boolean leased;

    private final Semaphore woken = new Semaphore(0);

    /// @param turn how long it waits when all are woken at once
    PretendMachine(
            Hardware hardware,
            Lan lan,
            TalosNode.World world,
            Script.@Nullable Kill kill,
            Duration turn) {
        this.hardware = hardware;
        this.lan = lan;
        this.world = world;
        this.kill = kill;
        this.turn = turn;
    }

    /// Runs until its power is cut.
    void run() throws InterruptedException {
        lan.hangs(hardware, Mishap.MUTE);
        otherCluster();
        while (true) {
            lan.sleep(post());
            Optional<String> commandLine = boot();
            if (commandLine.isPresent()) {
                lan.hangs(hardware, Mishap.KERNEL_HANGS);
                lan.sleep(lan.pace().kernel());
                talos(commandLine.get());
            } else if (disk != null && !lan.plays(hardware, Mishap.DISK_DEAD)) {
                talos(""); // from the disk
            } else {
                oldSystem();
            }
        }
    }

    /// It has run for years and starts from its disk.
    private void otherCluster() throws InterruptedException {
        if (!lan.plays(hardware, Mishap.OTHER_CLUSTER)) {
            return;
        }
        oldSystem();
        PemPair own = own(Authority.fresh("talos", lan.clock(), lan.random()));
        TalosState state = new TalosState(hardware, MachineStage.RUNNING, () -> "");
        try (GrpcDoors.Door _ = world.doors().open(api(), own, own.crt(), state)) {
            lan.hangs(hardware, Mishap.OTHER_CLUSTER);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private InetSocketAddress api() {
        return new InetSocketAddress(hardware.ip().inet(), lan.wire().talosApi());
    }

    private PemPair own(Authority authority) {
        return authority.server("talos", List.of(hardware.ip()), lan.clock(), lan.random());
    }

    /// Nobody said what to boot, so what is on its disk starts, and is switched off and on again.
    private void oldSystem() throws InterruptedException {
        if (!leased) {
            try {
                new DhcpClient(hardware, lan, this).lease();
                leased = true;
            } catch (IOException e) {
                Power.check();
            }
        }
        woken.drainPermits();
        if (woken.tryAcquire(lan.pace().rest().toMillis(), TimeUnit.MILLISECONDS)) {
            lan.sleep(turn);
        }
    }

    /// Switches it off and on again when it has nothing better to do.
    void wake() {
        woken.release();
    }

    /// No two machines start equally fast.
    private Duration post() {
        double slower = 1 + lan.random().nextDouble();
        return Duration.ofMillis((long) (lan.pace().post().toMillis() * slower));
    }

    private Optional<String> boot() throws InterruptedException {
        try {
            return new NetworkBoot(hardware, lan, this).kernel();
        } catch (IOException | IllegalArgumentException e) {
            // A real one shows the error on its own screen and begins again.
            Power.check();
            return Optional.empty();
        }
    }

    /// The config on the disk wins over the one that the command line names (Talos 1.13, the order
    /// of its config acquisition: STATE before platform). A wipe comes before both, and a restart
    /// after it.
    private void talos(String commandLine) throws InterruptedException {
        if (commandLine.contains(WIPE)) {
            disk = null;
            return;
        }
        try {
            if (disk == null) {
                install(commandLine);
            }
            TalosNode.Disk state = new TalosNode.Disk(() -> disk, c -> disk = c);
            if (new TalosNode(hardware, lan, state, world, this).run() == TalosNode.End.OFF) {
                throw new InterruptedException("shut down");
            }
        } catch (IOException e) {
            // Talos reboots after a failed sequence.
            Power.check();
        }
    }

    private void install(String commandLine) throws IOException, InterruptedException {
        try (Voice voice = Voice.of(hardware, commandLine)) {
            stops(voice, Mishap.OLD_PROCESSOR_TOLD, Mishap.OTHER_CARD, Mishap.HALTED);
            Optional<URI> address = ConfigFetch.address(commandLine);
            Optional<NodeConfig> config =
                    address.isPresent()
                            ? new ConfigFetch(hardware, lan, this).fetch(address.get())
                            : Optional.empty();
            NodeConfig given = config.isPresent() ? config.get() : maintenance(voice);
            reached(Stage.CONFIG);
            stops(voice, Mishap.CONFIG_REFUSED, Mishap.NO_TIME, Mishap.NO_REGISTRY);
            lan.hangs(hardware, Mishap.DIES_WITH_CONFIG);
            voice.phase("install", "install");
            voice.stage(MachineStatusEvent.Stage.INSTALLING);
            reached(Stage.INSTALLING);
            lan.sleep(lan.pace().install());
            if (lan.plays(hardware, Mishap.INSTALL_FAILS)) {
                voice.fails("install", "open /dev/sda: no such file or directory");
                lan.hangs(hardware, Mishap.INSTALL_FAILS);
            }
            disk = given;
            voice.phase("install", "kexec");
            voice.stage(MachineStatusEvent.Stage.REBOOTING);
            reached(Stage.REBOOTING);
        }
    }

    /// Says its line and stops, if one of these goes wrong with it.
    private void stops(Voice voice, Mishap... any) throws InterruptedException {
        for (Mishap mishap : any) {
            if (lan.plays(hardware, mishap)) {
                voice.says(mishap.line());
                lan.hangs(hardware, mishap);
            }
        }
    }

    /// It waits for somebody to push a config.
    private NodeConfig maintenance(Voice voice) throws IOException, InterruptedException {
        voice.stage(MachineStatusEvent.Stage.MAINTENANCE);
        MaintenanceApi api = new MaintenanceApi();
        PemPair own = own(Authority.fresh("talos", lan.clock(), lan.random()));
        TalosState state = new TalosState(hardware, MachineStage.MAINTENANCE, () -> "");
        try (GrpcDoors.Door door = world.doors().openToAll(api(), own, api, state)) {
            return api.await();
        }
    }

    @Override
    public void reached(Stage stage) throws InterruptedException {
        // Before it has been on the network once, nobody could miss it.
        boolean unseen = stage == Stage.DISCOVERED && !leased;
        if (deadly(stage) && !unseen) {
            throw new InterruptedException("killed at " + stage);
        }
    }

    @Override
    public boolean deadly(Stage stage) {
        return kill != null && kill.strikes(hardware.mac(), stage);
    }
}
