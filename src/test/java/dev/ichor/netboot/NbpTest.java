package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

class NbpTest {
    private static final Loaders.Loader BIOS =
            new Loaders.Loader(Firmware.BIOS, "undionly.kpxe", Path.of("u"), "");
    private static final Loaders.Loader UEFI =
            new Loaders.Loader(Firmware.UEFI_X64, "snponly.efi", Path.of("s"), "");
    private static final LoaderChoice LOADERS =
            LoaderChoice.first(new Loaders(List.of(BIOS, UEFI)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pxeboot",
                "/pxeboot",
                "\\Boot\\PXEBOOT",
                "pxeboot\u00ff",
                "undionly.kpxe ",
                "pxelinux.0"
            })
    void a_bios_gets_its_loader_whatever_the_router_calls_it(String name) {
        assertThat(choose(plain(name), null)).isEqualTo(new Nbp.Choice.Loader(BIOS));
        assertThat(choose(plain(name), client(7, false))).isEqualTo(new Nbp.Choice.Loader(UEFI));
    }

    @Test
    void ipxe_gets_the_script_for_the_name_of_its_own_loader() {
        assertThat(choose(golden("tftp-ipxe-rrq"), null)).isEqualTo(new Nbp.Choice.Script());
        assertThat(choose(plain("undionly.kpxe"), client(0, true)))
                .isEqualTo(new Nbp.Choice.Script());
    }

    @Test
    void what_dhcp_told_wins_over_the_options() {
        assertThat(choose(golden("tftp-ipxe-rrq"), client(0, false)))
                .isEqualTo(new Nbp.Choice.Loader(BIOS));
    }

    @Test
    void uefi_shows_by_its_windowsize_or_by_the_name() {
        ReadRequest ovmf = golden("tftp-ovmf-size-probe");
        ReadRequest any = new ReadRequest("pxeboot", "octet", ovmf.options());
        assertThat(choose(any, null)).isEqualTo(new Nbp.Choice.Loader(UEFI));
        assertThat(choose(plain("ipxe.efi"), null)).isEqualTo(new Nbp.Choice.Loader(UEFI));
    }

    @Test
    void scripts_go_to_everybody_and_other_names_are_files() {
        assertThat(choose(plain("dir/autoexec.ipxe"), null)).isEqualTo(new Nbp.Choice.Script());
        assertThat(choose(plain("/ldlinux.c32"), null))
                .isEqualTo(new Nbp.Choice.File("ldlinux.c32"));
    }

    @Test
    void a_firmware_without_loader_is_named() {
        assertThat(choose(plain("pxeboot"), client(11, false)))
                .isEqualTo(new Nbp.Choice.NoLoader(Firmware.UEFI_ARM64));
    }

    private static Nbp.Choice choose(ReadRequest r, Clients.@Nullable Client client) {
        return Nbp.choose(r, client, LOADERS);
    }

    private static ReadRequest plain(String name) {
        return new ReadRequest(name, "octet", new LinkedHashMap<>());
    }

    private static Clients.Client client(int arch, boolean ipxe) {
        return new Clients.Client(
                Mac.of("02:00:00:00:00:01"), arch, ipxe, Ip4.of("10.0.0.1"), Instant.EPOCH, 1, 1);
    }

    private static ReadRequest golden(String name) {
        return (ReadRequest) TftpPacket.parse(Golden.bytes(name)).orElseThrow();
    }
}
