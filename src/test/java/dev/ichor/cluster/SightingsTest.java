package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

class SightingsTest {
    private static Machine machine(int last, String vendor, boolean pxe, Integer... ports) {
        return new Machine(
                        new Mac(last),
                        Ip4.of("192.168.1." + last),
                        vendor,
                        "",
                        Firmware.UNKNOWN,
                        pxe)
                .open(new TreeSet<>(List.of(ports)));
    }

    @Test
    void thin_clients_come_first_and_nothing_is_hidden() {
        Machine asks = machine(9, "", true, 22);
        Machine silentFujitsu = machine(5, "Fujitsu", false);
        Machine fujitsuServer = machine(4, "Fujitsu", false, 22, 443);
        Machine talos = machine(8, "Intel", false, Machine.TALOS_API);
        Machine printer = machine(3, "Brother", false, 9100);

        Sightings all = Sightings.of(List.of(asks, silentFujitsu, fujitsuServer, talos, printer));

        assertThat(all.likely()).containsExactly(silentFujitsu, talos, asks);
        assertThat(all.others()).containsExactly(printer, fujitsuServer);
    }

    @Test
    void an_address_or_a_uuid_that_two_machines_have_is_marked() {
        Hardware ones = new Hardware("ffffffff", "", "", Hardware.Cpu.UNKNOWN, 0);
        Machine a = machine(1, "", true).with(ones);
        Machine b = machine(2, "", true).with(ones);
        Machine c = new Machine(new Mac(3), Ip4.of("192.168.1.4"), "", "", Firmware.UNKNOWN, false);
        Machine d = new Machine(new Mac(4), Ip4.of("192.168.1.4"), "", "", Firmware.UNKNOWN, false);
        Machine alone = machine(9, "", false);

        assertThat(Sightings.of(List.of(a, b, c, d, alone)).twice())
                .isEqualTo(Set.of(a.mac(), b.mac(), c.mac(), d.mac()));
    }

    @Test
    void machines_that_cannot_run_talos_are_told_before_anything_is_downloaded() {
        Hardware old = new Hardware("", "", "", Hardware.Cpu.V1, 4096);
        Hardware small = new Hardware("", "", "", Hardware.Cpu.V2, 1000);

        assertThat(Fitness.of(old, Role.WORKER, "futro-1").orElseThrow().what())
                .isEqualTo("The processor of futro-1 is too old for Talos.");
        assertThat(Fitness.of(small, Role.CONTROL_PLANE, "futro-2").orElseThrow().remedy())
                .isEqualTo("Make it a worker.");
        assertThat(Fitness.of(small, Role.WORKER, "futro-2")).isEmpty();
        assertThat(Fitness.of(Hardware.UNKNOWN, Role.CONTROL_PLANE, "futro-3")).isEmpty();
    }
}
