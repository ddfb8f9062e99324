package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Hardware.Cpu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SortedSet;
import java.util.TreeSet;

class MachineTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Hardware OLD = new Hardware("u1", "S920", "s1", Cpu.V2, 4096);

    private static Machine machine(Hardware h) {
        return Machine.of(MAC).named("futro").with(h);
    }

    private static SortedSet<Integer> ports(int port) {
        SortedSet<Integer> one = new TreeSet<>();
        one.add(port);
        return one;
    }

    @Test
    void what_is_seen_later_adds_and_what_is_not_seen_stays() {
        Machine first =
                new Machine(MAC, Ip4.of("10.0.0.5"), "Fujitsu", "futro", Firmware.BIOS, true)
                        .with(OLD)
                        .open(ports(22));
        Machine nothing = Machine.of(MAC);
        assertThat(first.merge(nothing)).isEqualTo(first);
        assertThat(nothing.merge(first)).isEqualTo(first);
        Hardware other = new Hardware("u2", "S930", "s2", Cpu.V1, 8192);
        Machine second =
                new Machine(MAC, Ip4.of("10.0.0.6"), "Dell", "wyse", Firmware.UEFI_X64, false)
                        .with(other)
                        .open(ports(80));
        SortedSet<Integer> both = ports(22);
        both.add(80);
        assertThat(first.merge(second))
                .isEqualTo(
                        new Machine(
                                MAC,
                                Ip4.of("10.0.0.6"),
                                "Dell",
                                "wyse",
                                Firmware.UEFI_X64,
                                true,
                                other,
                                both));
    }

    @Test
    void likely_is_what_boots_from_the_network_runs_talos_or_is_a_silent_thin_client() {
        Machine thin = Machine.of(MAC).made("Fujitsu");
        assertThat(thin.likely()).isTrue();
        assertThat(thin.open(ports(80)).likely()).as("a server that was asked").isFalse();
        assertThat(thin.open(ports(Machine.TALOS_API)).likely()).isTrue();
        assertThat(Machine.of(MAC).likely()).isFalse();
        assertThat(new Machine(MAC, null, "", "", Firmware.UNKNOWN, true).likely()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "849, WORKER, no",
        "850, WORKER, yes",
        "1699, CONTROL_PLANE, no",
        "1700, CONTROL_PLANE, yes",
        "0, CONTROL_PLANE, yes"
    })
    void memory_decides_and_unknown_memory_does_not(int mib, Role role, String fits) {
        assertThat(machine(new Hardware("", "", "", Cpu.V2, mib)).fits(role))
                .isEqualTo(fits.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "849 | WORKER | futro has too little memory. It has 849 MiB; a worker needs 1 GiB."
                        + " Put more memory in, or leave it out.",
                "849 | CONTROL_PLANE | futro has too little memory. It has 849 MiB; a control plane"
                        + " needs 2 GiB. Put more memory in, or leave it out.",
                "850 | CONTROL_PLANE | futro has too little memory. It has 850 MiB; a control plane"
                        + " needs 2 GiB. Make it a worker."
            })
    void too_little_memory_is_told_with_what_to_do(int mib, Role role, String words) {
        Hardware h = new Hardware("", "", "", Cpu.V2, mib);
        assertThat(Fitness.of(h, role, "futro").orElseThrow()).hasToString(words);
    }

    @Test
    void an_old_processor_fits_nothing() {
        assertThat(machine(new Hardware("", "", "", Cpu.V1, 8192)).fits(Role.WORKER)).isFalse();
    }
}
