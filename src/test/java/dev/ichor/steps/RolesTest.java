package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Hardware.Cpu;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Role;

import org.junit.jupiter.api.Test;

import java.util.List;

class RolesTest {
    private static Mac mac(int n) {
        return Mac.of("4c:52:62:00:00:0" + n);
    }

    /// A thin client that asked for a network boot and told its memory.
    private static Machine futro(int n, int memoryMiB) {
        return new Machine(
                        mac(n), Ip4.of("192.168.1.2" + n), "Fujitsu", "", Firmware.UEFI_X64, true)
                .with(new Hardware("", "FUTRO S920", "", Cpu.V2, memoryMiB));
    }

    private static Draft found(Machine... machines) {
        Draft d = Draft.empty();
        for (Machine m : machines) {
            d = d.found(m);
        }
        return d;
    }

    private static List<String> lines(Draft d) {
        return d.wishes().entrySet().stream()
                .map(e ->
                        "%s %s %s"
                                .formatted(
                                        e.getKey().toString().substring(15),
                                        e.getValue().hostname(),
                                        e.getValue().fixed() == null
                                                ? "dhcp"
                                                : e.getValue().fixed()))
                .toList();
    }

    @Test
    void the_strongest_of_four_is_the_control_plane() {
        Draft d =
                Roles.suggest(
                        found(futro(1, 3900), futro(2, 3900), futro(3, 7800), futro(4, 3900)));

        assertThat(lines(d))
                .containsExactly(
                        "01 worker-1 dhcp",
                        "02 worker-2 dhcp",
                        "03 control-1 dhcp",
                        "04 worker-3 dhcp");
    }

    @Test
    void the_three_strongest_of_five_are() {
        Draft d =
                Roles.suggest(
                        found(
                                futro(1, 3900),
                                futro(2, 7800),
                                futro(3, 1900),
                                futro(4, 7800),
                                futro(5, 3900)));

        assertThat(lines(d))
                .containsExactly(
                        "01 control-1 dhcp",
                        "02 control-2 dhcp",
                        "03 worker-1 dhcp",
                        "04 control-3 dhcp",
                        "05 worker-2 dhcp");
    }

    @Test
    void what_is_too_weak_for_three_stays_at_one() {
        Draft d =
                Roles.suggest(
                        found(
                                futro(1, 950),
                                futro(2, 1900),
                                futro(3, 1900),
                                futro(4, 950),
                                futro(5, 950)));

        assertThat(lines(d))
                .filteredOn(l -> l.contains("control"))
                .containsExactly("02 control-1 dhcp");
    }

    @Test
    void a_processor_or_memory_that_talos_cannot_use_takes_no_part() {
        Machine old = futro(1, 3900).with(new Hardware("", "FUTRO S900", "", Cpu.V1, 3900));

        assertThat(lines(Roles.suggest(found(old, futro(2, 500), futro(3, 1900)))))
                .containsExactly("03 control-1 dhcp");
    }

    @Test
    void a_label_printer_takes_no_part() {
        Machine printer = Machine.of(mac(9)).made("Zebra");

        assertThat(lines(Roles.suggest(found(printer, futro(1, 0)))))
                .containsExactly("01 control-1 dhcp");
    }

    @Test
    void wishes_that_stand_are_kept_and_an_even_number_becomes_odd() {
        Draft d = found(futro(1, 1900), futro(2, 1900), futro(3, 3900), futro(4, 7800));
        d = Roles.assign(d, mac(1), Role.CONTROL_PLANE);
        d = Roles.assign(d, mac(2), Role.CONTROL_PLANE);

        assertThat(lines(Roles.suggest(d)))
                .containsExactly(
                        "01 control-1 dhcp",
                        "02 control-2 dhcp",
                        "03 worker-1 dhcp",
                        "04 control-3 dhcp");
        assertThat(Roles.suggest(Roles.suggest(d))).isEqualTo(Roles.suggest(d));
    }

    @Test
    void with_equal_or_unknown_strength_one_whose_address_is_known_comes_first() {
        Machine silent = new Machine(mac(1), null, "Fujitsu", "", Firmware.UEFI_X64, true);
        Machine there = new Machine(mac(2), Ip4.of("192.168.1.22"), "", "", Firmware.BIOS, true);

        assertThat(lines(Roles.suggest(found(silent, there))))
                .containsExactly("01 worker-1 dhcp", "02 control-1 dhcp");
    }

    @Test
    void names_by_a_pattern_count_the_control_planes_first() {
        Draft d = Roles.suggest(found(futro(1, 1900), futro(2, 1900), futro(3, 7800)));

        assertThat(lines(Roles.rename(d, "futro-{n}")))
                .containsExactly("01 futro-2 dhcp", "02 futro-3 dhcp", "03 futro-1 dhcp");
        assertThat(lines(Roles.rename(d, "lab-{role}{n}")))
                .containsExactly(
                        "01 lab-worker1 dhcp", "02 lab-worker2 dhcp", "03 lab-control1 dhcp");
        assertThat(lines(Roles.rename(d, "box")))
                .containsExactly("01 box-2 dhcp", "02 box-3 dhcp", "03 box-1 dhcp");
    }

    @Test
    void addresses_in_a_row_leave_out_what_another_machine_has() {
        Machine printer =
                new Machine(mac(9), Ip4.of("192.168.1.52"), "Zebra", "", Firmware.UNKNOWN, false);
        Draft d = Roles.suggest(found(printer, futro(1, 1900), futro(2, 1900), futro(3, 7800)));
        Ip4 router = Ip4.of("192.168.1.1");
        Draft fixed =
                Roles.reserve(
                        d, new FixedAddress(Ip4.of("192.168.1.51"), 24, router, List.of(router)));

        assertThat(lines(fixed))
                .containsExactly(
                        "01 worker-1 192.168.1.53/24",
                        "02 worker-2 192.168.1.54/24",
                        "03 control-1 192.168.1.51/24");
        assertThat(Roles.unreserve(fixed)).isEqualTo(d);
    }
}
