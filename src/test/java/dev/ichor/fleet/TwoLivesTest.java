package dev.ichor.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// Both lives of a machine, and its wipe, over power cycles of pretended ones.
@Timeout(300)
class TwoLivesTest {
    @TempDir private Path temp;

    @Test
    void over_power_cycles_one_goes_on_booting_the_network_and_one_its_disk() throws Exception {
        try (PretendNetwork network = FleetRun.network(3, null, false)) {
            Mac always = network.machines().get(1).mac();
            Mac disk = network.machines().get(2).mac();
            List<BootEvent> events =
                    new FleetRun(temp)
                            .boot(
                                    network,
                                    mac -> mac.equals(disk) ? Life.DISK_FIRST : Life.ALWAYS_NETBOOT,
                                    (log, gate) -> {
                                        FleetRun.until(log, 0, new FleetRun.ManyReady(3));
                                        cycle(network, log, always, disk);
                                        cycle(network, log, always, disk);
                                        cycle(network, log, always, disk);
                                    });
            assertThat(scripts(events, always))
                    .containsExactly("network", "network", "network", "network");
            assertThat(scripts(events, disk)).containsExactly("network", "disk", "disk", "disk");
            for (Mac mac : List.of(always, disk)) {
                assertThat(FleetRun.config(events, mac)).as("configs handed to it").isOne();
            }
        }
    }

    /// Off, on, and Ready again.
    private static void cycle(PretendNetwork network, BootLog log, Mac one, Mac other)
            throws InterruptedException {
        network.powerOff(one);
        network.powerOff(other);
        int before = log.events().size();
        network.powerOn(one);
        network.powerOn(other);
        FleetRun.until(log, before, new FleetRun.ManyReady(2));
    }

    @Test
    void a_machine_is_wiped_once_then_waits_and_installs_after_a_new_approval() throws Exception {
        try (PretendNetwork network = FleetRun.network(2, null, false)) {
            Mac worker = network.machines().get(1).mac();
            List<BootEvent> events =
                    new FleetRun(temp)
                            .boot(
                                    network,
                                    mac -> Life.DISK_FIRST,
                                    (log, gate) -> {
                                        FleetRun.until(log, 0, new FleetRun.TimesReady(worker, 1));
                                        network.powerOff(worker);
                                        gate.order(worker, MachineAction.WIPE);
                                        int before = log.events().size();
                                        network.powerOn(worker);
                                        FleetRun.until(log, before, e -> waits(e, worker));
                                        gate.approve(worker);
                                        FleetRun.until(
                                                log, before, new FleetRun.TimesReady(worker, 1));
                                    });
            assertThat(scripts(events, worker)).containsExactly("network", "wipe", "network");
            assertThat(FleetRun.config(events, worker)).as("configs handed to it").isEqualTo(2);
        }
    }

    private static boolean waits(BootEvent e, Mac mac) {
        return e instanceof BootEvent.WaitingForApproval && mac.equals(e.mac());
    }

    private static List<String> scripts(List<BootEvent> events, Mac mac) {
        return events.stream()
                .filter(e -> mac.equals(e.mac()))
                .filter(BootEvent.ScriptGiven.class::isInstance)
                .map(e -> ((BootEvent.ScriptGiven) e).script())
                .toList();
    }
}
