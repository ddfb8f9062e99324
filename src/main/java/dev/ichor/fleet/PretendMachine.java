package dev.ichor.fleet;

import dev.ichor.boot.Stage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// One thin client from power-on to power-off, again and again; only its disk stays.
final class PretendMachine implements Milestones {
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
        NetworkBoot boot = new NetworkBoot(hardware, lan, this);
        while (true) {
            lan.sleep(post());
            Optional<String> commandLine = attempt(boot);
            if (commandLine.isPresent()) {
                lan.sleep(lan.pace().kernel());
                return;
            }
        }
    }

    /// No two machines start equally fast.
    private java.time.Duration post() {
        double slower = 1 + lan.random().nextDouble();
        return java.time.Duration.ofMillis((long) (lan.pace().post().toMillis() * slower));
    }

    private Optional<String> attempt(NetworkBoot boot) throws InterruptedException {
        try {
            return boot.kernel();
        } catch (IOException | IllegalArgumentException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("power lost");
            }
            // A real one shows the error on its own screen and begins again.
            return Optional.empty();
        }
    }

    @Override
    public void reached(Stage stage) throws InterruptedException {
        if (kill != null && kill.strikes(hardware.mac(), stage)) {
            throw new InterruptedException("killed at " + stage);
        }
    }
}
