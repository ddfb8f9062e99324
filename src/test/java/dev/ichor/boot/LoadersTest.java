package dev.ichor.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.Loaders.Loader;
import dev.ichor.cluster.Firmware;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

class LoadersTest {
    private static Loader loader(Firmware firmware, String name, String version) {
        return new Loader(firmware, name, Path.of(name), version);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0+git-20190125.36a4c85-5.1, false",
        "1.21.1+git20211231.aaaaaaaa, false",
        "1.21.1+git20220101.aaaaaaaa, true",
        "1.21.1+git20250501.dad20602+dfsg-1, true",
        "1.21.1, false",
        "2.0.0, true",
        "10.1.0, true",
        "'', false",
        "soon, false"
    })
    void a_build_of_2022_or_later_reads_its_script_by_itself(String version, boolean reads) {
        assertThat(loader(Firmware.UEFI_X64, "snponly.efi", version).readsAutoexec())
                .isEqualTo(reads);
    }

    @Test
    void the_first_one_listed_is_preferred() {
        Loader snp = loader(Firmware.UEFI_X64, "snponly.efi", "2.0.0");
        Loader all = loader(Firmware.UEFI_X64, "ipxe.efi", "2.0.0");
        Loaders loaders =
                new Loaders(List.of(loader(Firmware.BIOS, "undionly.kpxe", "2.0.0"), snp, all));
        assertThat(loaders.of(Firmware.UEFI_X64)).contains(snp);
        assertThat(loaders.of(Firmware.UEFI_ARM64)).isEmpty();
    }

    @Test
    void the_real_network_has_the_numbers_of_the_standards_and_others_can_be_chosen() {
        Wire other = Wire.REAL.serving(0, 8081);
        assertThat(List.of(other.dhcpServer(), other.pxe(), other.tftp(), other.http()))
                .containsExactly(67, 4011, 0, 8081);
        assertThat(other.everyone().get()).hasToString("[/255.255.255.255:68]");
    }
}
