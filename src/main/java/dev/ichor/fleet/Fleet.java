package dev.ichor.fleet;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The machines with their power buttons.
final class Fleet implements AutoCloseable {
    private final List<Hardware> drawer;
    private final Map<Mac, Power> buttons = new LinkedHashMap<>();
    private final Power hand;

    Fleet(Script script, List<Hardware> drawer, Lan lan) {
        this.drawer = drawer;
        for (Hardware h : drawer) {
            PretendMachine machine = new PretendMachine(h, lan, script.kill());
            buttons.put(h.mac(), new Power("machine " + h.mac(), machine::run));
        }
        this.hand = new Power("power button", () -> pressAll(lan, lan.pace().stagger()));
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

    private void pressAll(Lan lan, Duration stagger) throws InterruptedException {
        for (Power button : buttons.values()) {
            button.on();
            lan.sleep(stagger);
        }
    }

    @Override
    public void close() throws InterruptedException {
        hand.off();
        buttons.values().forEach(Power::cut);
        for (Power button : buttons.values()) {
            button.off();
        }
    }
}
