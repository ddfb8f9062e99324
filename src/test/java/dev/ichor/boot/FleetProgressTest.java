package dev.ichor.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

class FleetProgressTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("192.168.1.50");

    private static MachineProgress after(BootEvent... events) {
        FleetProgress p = FleetProgress.of(List.of(MAC), T).after(List.of(events));
        return Objects.requireNonNull(p.machines().get(MAC));
    }

    private static BootEvent heard(int second, boolean ipxe) {
        return new BootEvent.Heard(
                T.plusSeconds(second), MAC, true, ipxe, Firmware.UEFI_X64, "", 1);
    }

    private static BootEvent done(int second, Payload kind) {
        return new BootEvent.TransferDone(T.plusSeconds(second), MAC, IP, "HTTP", kind, "f", 10, 1);
    }

    @Test
    void a_repeated_discover_does_not_throw_a_machine_back() {
        MachineProgress m =
                after(
                        heard(0, false),
                        new BootEvent.Offered(T, MAC, "x"),
                        heard(4, false),
                        done(5, Payload.LOADER),
                        heard(6, true));
        assertThat(m.stage()).isEqualTo(Stage.LOADER);
        assertThat(m.boots()).isEqualTo(1);
    }

    @Test
    void what_is_told_late_is_remembered_and_throws_nothing_back() {
        MachineProgress m =
                after(
                        heard(0, false),
                        done(5, Payload.KERNEL),
                        new BootEvent.Offered(T.plusSeconds(1), MAC, "x"),
                        heard(4, true));
        assertThat(m.stage()).isEqualTo(Stage.KERNEL);
        assertThat(m.reached()).containsEntry(Stage.OFFERED, T.plusSeconds(1));
        assertThat(m.boots()).isEqualTo(1);
    }

    @Test
    void a_firmware_discover_after_ready_is_a_new_boot() {
        MachineProgress m =
                after(
                        heard(0, false),
                        new BootEvent.KubernetesNode(T, MAC, "a", true),
                        heard(60, false));
        assertThat(m.stage()).isEqualTo(Stage.DISCOVERED);
        assertThat(m.boots()).isEqualTo(2);
    }

    @Test
    void a_stage_may_be_skipped_but_is_not_invented() {
        MachineProgress m = after(heard(0, false), done(1, Payload.KERNEL));
        assertThat(m.reached()).containsOnlyKeys(Stage.DISCOVERED, Stage.KERNEL);
    }

    @Test
    void silence_beyond_the_stages_patience_is_a_stall() {
        MachineProgress m = after(heard(0, false));
        assertThat(m.stalled(T.plusSeconds(39), 1)).isFalse();
        assertThat(m.stalled(T.plusSeconds(41), 1)).isTrue();
        assertThat(m.stalled(T.plusSeconds(5), 10)).isTrue();
    }
}
