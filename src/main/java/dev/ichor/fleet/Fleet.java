package dev.ichor.fleet;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The machines with their power buttons, and the one power cut of the script.
final class Fleet implements AutoCloseable {
    private final Lan lan;
    private final List<Hardware> drawer;
    private final GrpcDoors doors = new GrpcDoors();
    private final Map<String, PretendCluster> clusters = new ConcurrentHashMap<>();
    private final Map<Mac, Power> buttons = new LinkedHashMap<>();
    private final Power hand = new Power("power button", this::pressAll);
    private final AtomicBoolean powerCutDue;
    private final Map<Mac, Power> cuts = new ConcurrentHashMap<>();

    Fleet(Script script, List<Hardware> drawer, Lan lan) {
        this.lan = lan;
        this.drawer = drawer;
        this.powerCutDue = new AtomicBoolean(script.powerCycleOne());
        TalosNode.World world = new TalosNode.World(doors, this::cluster, this::listed);
        for (Hardware h : drawer) {
            PretendMachine machine = new PretendMachine(h, lan, world, script.kill());
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
        if (button != null) {
            button.on();
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

    /// Once everything that is on is Ready and somebody has seen that, one worker loses its power.
    private void listed(PretendCluster cluster) {
        int on = (int) buttons.values().stream().filter(Power::isOn).count();
        List<Mac> workers = cluster.workersWhenReady(on);
        if (!workers.isEmpty() && powerCutDue.compareAndSet(true, false)) {
            Power cut = new Power("power cut", () -> cycle(workers.getLast()));
            cuts.put(workers.getLast(), cut);
            cut.on();
        }
    }

    private void cycle(Mac mac) throws InterruptedException {
        Power button = buttons.get(mac);
        if (button != null) {
            button.off();
            lan.sleep(lan.pace().post());
            button.on();
        }
    }

    @Override
    public void close() throws InterruptedException {
        hand.off();
        for (Power cut : cuts.values()) {
            cut.off();
        }
        buttons.values().forEach(Power::cut);
        for (Power button : buttons.values()) {
            button.off();
        }
        doors.close();
    }
}
