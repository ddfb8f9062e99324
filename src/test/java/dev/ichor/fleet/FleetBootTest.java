package dev.ichor.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Pretended machines against the shipped boot server and bring-up.
@Timeout(300)
class FleetBootTest {
    @TempDir private Path temp;

    @Test
    void four_machines_become_ready_and_one_comes_back_after_a_power_cut() throws Exception {
        try (PretendNetwork network = FleetRun.network(4, null, true)) {
            Mac cycled = network.cycled().orElseThrow();
            List<BootEvent> events =
                    new FleetRun(temp).boot(network, new FleetRun.TimesReady(cycled, 2));

            assertThat(FleetRun.config(events, cycled))
                    .as("configs handed to the cycled one")
                    .isOne();
            assertThat(bootstraps(events)).isOne();
            assertThat(stages(events, network.machines().get(1).mac()))
                    .contains(
                            Stage.DISCOVERED,
                            Stage.OFFERED,
                            Stage.LOADER,
                            Stage.SCRIPT,
                            Stage.KERNEL,
                            Stage.INITRAMFS,
                            Stage.CONFIG,
                            Stage.TALOS_API,
                            Stage.READY);
        }
    }

    @Test
    void a_killed_machine_stops_there_and_the_others_become_ready() throws Exception {
        Mac victim = Mac.of("4c:52:62:0b:10:25");
        try (PretendNetwork network =
                FleetRun.network(4, new Script.Kill(victim, Stage.INITRAMFS), false)) {
            List<BootEvent> events = new FleetRun(temp).boot(network, new FleetRun.ManyReady(3));

            assertThat(stages(events, victim)).contains(Stage.KERNEL, Stage.INITRAMFS);
            assertThat(FleetRun.config(events, victim)).isZero();
        }
    }

    @Test
    void a_crowd_becomes_ready() throws Exception {
        int machines = Integer.getInteger("fleet.machines", 60);
        try (PretendNetwork network = FleetRun.network(machines, null, false)) {
            List<BootEvent> events =
                    new FleetRun(temp).boot(network, new FleetRun.ManyReady(machines));

            assertThat(events.stream().filter(BootEvent.ConfigServed.class::isInstance).count())
                    .isEqualTo(machines);
            assertThat(bootstraps(events)).isOne();
        }
    }

    private static long bootstraps(List<BootEvent> events) {
        return events.stream().filter(BootEvent.Bootstrapped.class::isInstance).count();
    }

    /// The stages of a machine's last boot.
    private static Set<Stage> stages(List<BootEvent> events, Mac mac) {
        var rows =
                FleetProgress.of(List.of(mac), FleetRun.CLOCK.instant()).after(events).machines();
        return Optional.ofNullable(rows.get(mac)).orElseThrow().reached().keySet();
    }
}
