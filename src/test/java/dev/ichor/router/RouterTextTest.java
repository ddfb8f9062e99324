package dev.ichor.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;

import org.junit.jupiter.api.Test;

import java.util.Set;

class RouterTextTest {
    private static String text(BootMode mode, Firmware... firmware) {
        Ip4 pc = Ip4.of("192.168.1.10");
        Ip4 nas = Ip4.of("192.168.1.20");
        return String.join(" ", RouterText.of(mode, pc, nas, Set.of(firmware)));
    }

    @Test
    void says_for_each_mode_what_to_enter() {
        assertThat(text(BootMode.PROXY)).startsWith("Enter nothing in the router");
        assertThat(text(BootMode.NAS_PROXY)).startsWith("Enter nothing in the router");
        assertThat(text(BootMode.UEFI_HTTP)).contains("put UEFI HTTP boot (IPv4) first");
        assertThat(text(BootMode.ROUTER_TO_PC))
                .contains("the boot server 192.168.1.10 and the boot file pxeboot")
                .contains("Do not use the custom DHCP options 66 and 67");
    }

    @Test
    void names_the_nass_file_by_firmware_and_what_a_router_with_one_field_cannot_do() {
        assertThat(text(BootMode.ROUTER_TO_NAS, Firmware.BIOS))
                .contains("the boot server 192.168.1.20 and the boot file lpxelinux.0 for BIOS.");
        assertThat(text(BootMode.ROUTER_TO_NAS, Firmware.UEFI_X64))
                .contains("the boot file snponly.efi for UEFI.");
        assertThat(text(BootMode.ROUTER_TO_NAS, Firmware.UEFI_X64, Firmware.BIOS))
                .contains("lpxelinux.0 (BIOS", "snponly.efi (UEFI", "serves one kind only");
    }
}
