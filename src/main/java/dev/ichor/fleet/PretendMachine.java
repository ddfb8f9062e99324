package dev.ichor.fleet;

import dev.ichor.boot.Stage;

import org.jspecify.annotations.Nullable;

/// One thin client from power-on to power-off.
final class PretendMachine {
    private final Hardware hardware;
    private final Lan lan;
    private final Script.@Nullable Kill kill;

    PretendMachine(Hardware hardware, Lan lan, Script.@Nullable Kill kill) {
        this.hardware = hardware;
        this.lan = lan;
        this.kill = kill;
    }

    /// Runs until its power is cut.
    void run() throws InterruptedException {
        lan.sleep(lan.pace().post());
        reached(Stage.DISCOVERED);
    }

    private void reached(Stage stage) throws InterruptedException {
        if (kill != null && kill.strikes(hardware.mac(), stage)) {
            throw new InterruptedException("killed at " + stage);
        }
    }
}
