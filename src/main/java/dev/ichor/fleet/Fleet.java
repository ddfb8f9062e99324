package dev.ichor.fleet;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The machines with their power buttons, and the one power cut of the script.
final class Fleet implements AutoCloseable {
    private final Script script;
    private final Lan lan;
    private final List<Hardware> drawer;
    private final GrpcDoors doors = new GrpcDoors();
    private final Map<String, PretendCluster> clusters = new ConcurrentHashMap<>();
    private final Map<Mac, PretendMachine> machines = new LinkedHashMap<>();
    private final Map<Mac, Power> buttons = new LinkedHashMap<>();
    private final Power hand = new Power("power button", this::pressAll);
    private final AtomicInteger listedReady = new AtomicInteger();
    private final Power cut = new Power("power cut", this::cycle);

    Fleet(Script script, List<Hardware> drawer, Lan lan) {
        this.script = script;
        this.lan = lan;
        this.drawer = drawer;
        TalosNode.World world = new TalosNode.World(doors, this::cluster, this::listed);
        for (Hardware h : drawer) {
            Duration turn = lan.pace().stagger().multipliedBy(machines.size());
            PretendMachine machine = new PretendMachine(h, lan, world, script.kill(), turn);
            machines.put(h.mac(), machine);
            buttons.put(h.mac(), new Power("machine " + h.mac(), machine::run));
        }
    }

    private PretendCluster cluster(String id) {
        return clusters.computeIfAbsent(id, i -> new PretendCluster());
    }

    List<Machine> machines() {
        return drawer.stream().map(Hardware::machine).toList();
    }

    void powerOn(Mac mac) {
        Power button = buttons.get(mac);
        PretendMachine machine = machines.get(mac);
        if (button != null && machine != null) {
            button.on();
            machine.wake();
        }
    }

    void powerOff(Mac mac) throws InterruptedException {
        Power button = buttons.get(mac);
        if (button != null) {
            button.off();
        }
    }

    void powerOnAll() {
        hand.on();
    }

    private void pressAll() throws InterruptedException {
        for (Power button : buttons.values()) {
            button.on();
            lan.sleep(lan.pace().stagger());
        }
    }

    /// The machine that will lose its power: the last one in the drawer, meant as a worker.
    Optional<Mac> cycled() {
        return script.powerCycleOne() ? Optional.of(last()) : Optional.empty();
    }

    private Mac last() {
        return drawer.getLast().mac();
    }

    /// Once everything that is on is Ready and somebody has seen that, one machine loses its power:
    /// at the second such list, for who asks again has read the first.
    private void listed(PretendCluster cluster) {
        int on = (int) buttons.values().stream().filter(Power::isOn).count();
        if (script.powerCycleOne() && cluster.allReady(on) && listedReady.incrementAndGet() == 2) {
            cut.on();
        }
    }

    private void cycle() throws InterruptedException {
        Power button = buttons.get(last());
        if (button != null) {
            button.off();
            lan.sleep(lan.pace().post());
            button.on();
        }
    }

    @Override
    public void close() throws InterruptedException {
        hand.off();
        cut.off();
        buttons.values().forEach(Power::cut);
        for (Power button : buttons.values()) {
            button.off();
        }
        doors.close();
    }
}
