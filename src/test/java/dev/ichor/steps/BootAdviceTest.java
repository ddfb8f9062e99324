package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.RouterReport;

import org.junit.jupiter.api.Test;

import java.util.List;

class BootAdviceTest {
    private static final NasTarget NAS =
            new NasTarget("nas", 22, "admin", "/docker", null, "http://192.168.1.20:8080");
    private static final Ip4 PC = Ip4.of("192.168.1.10");

    @Test
    void nothing_is_to_be_set_where_the_router_says_nothing() {
        assertThat(BootAdvice.of(Draft.empty(), null).mode()).isEqualTo(BootMode.PROXY);
        assertThat(BootAdvice.of(Draft.empty(), router(BootMode.PROXY, true)).mode())
                .isEqualTo(BootMode.PROXY);
    }

    @Test
    void a_router_that_names_another_server_is_to_name_this_pc() {
        assertThat(BootAdvice.of(Draft.empty(), router(BootMode.ROUTER_TO_PC, false)).mode())
                .isEqualTo(BootMode.ROUTER_TO_PC);
    }

    @Test
    void machines_that_always_netboot_belong_to_the_nas() {
        Draft bios = with(Firmware.BIOS).copiedTo(NAS);
        Draft mixed = with(Firmware.BIOS, Firmware.UEFI_X64).copiedTo(NAS);

        assertThat(BootAdvice.of(bios, null).mode()).isEqualTo(BootMode.ROUTER_TO_NAS);
        assertThat(BootAdvice.of(mixed, null).mode()).isEqualTo(BootMode.NAS_PROXY);
        assertThat(BootAdvice.of(bios.copiedTo(null), null).mode()).isEqualTo(BootMode.PROXY);
    }

    @Test
    void the_router_s_fields_by_mode() {
        Draft bios = with(Firmware.BIOS).copiedTo(NAS);

        assertThat(RouterFields.of(bios, PC)).isEmpty();
        assertThat(RouterFields.of(bios.booting(BootMode.ROUTER_TO_PC), PC))
                .contains(new RouterFields("192.168.1.10", "pxeboot"));
        assertThat(RouterFields.of(bios.booting(BootMode.ROUTER_TO_NAS), PC))
                .contains(new RouterFields("192.168.1.20", "lpxelinux.0"));
        assertThat(RouterFields.of(bios.copiedTo(null).booting(BootMode.ROUTER_TO_NAS), PC))
                .isEmpty();
        assertThat(RouterFields.sentences(bios.booting(BootMode.OWN_DHCP), PC))
                .last()
                .isEqualTo("This PC gives out the addresses there.");
    }

    @Test
    void a_copy_that_was_skipped_is_asked_for_again_when_the_nas_is_to_boot_the_machines() {
        Draft d = with(Firmware.BIOS);
        Snapshot skipped =
                Snapshot.of(d)
                        .with(Step.COPY, new StepState(StepState.Status.SKIPPED, "", null, null));

        assertThat(copy(skipped, d.booting(BootMode.ROUTER_TO_PC)))
                .isEqualTo(StepState.Status.SKIPPED);
        assertThat(copy(skipped, d.booting(BootMode.NAS_PROXY)))
                .isEqualTo(StepState.Status.CHECK_AGAIN);
    }

    private static StepState.Status copy(Snapshot before, Draft now) {
        return Dependencies.edited(before, now).state(Step.COPY).status();
    }

    private static RouterReport router(BootMode advised, boolean good) {
        return new RouterReport(List.of(), "", advised, good);
    }

    private static Draft with(Firmware... kinds) {
        Draft d = Draft.empty();
        for (int i = 0; i < kinds.length; i++) {
            Mac mac = new Mac(0x4c5262000000L + i);
            d =
                    d.found(new Machine(mac, PC.plus(10 + i), "", "", kinds[i], true))
                            .assign(
                                    mac,
                                    new Draft.Wish(
                                            i == 0 ? Role.CONTROL_PLANE : Role.WORKER,
                                            "node-" + i,
                                            new InstallDisk.Ask(),
                                            Life.ALWAYS_NETBOOT));
        }
        return d;
    }
}
