package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Hardware;

import org.junit.jupiter.api.Test;

class InspectionTest {
    @Test
    void reads_what_ipxe_tells_of_the_machine() {
        assertThat(
                        Inspection.of(
                                Labels.of(
                                        "uuid=1c3a&mac=4c-52-62-08-a3-ce&serial=YLNX012345"
                                                + "&arch=x86_64&platform=efi&memory=3985&cpu=v2"
                                                + "&maker=FUJITSU&product=FUTRO%20S920")))
                .isEqualTo(
                        new Hardware(
                                "1c3a", "FUJITSU FUTRO S920", "YLNX012345", Hardware.Cpu.V2, 3985));
    }

    @Test
    void claims_nothing_where_nothing_was_told() {
        assertThat(Inspection.of(Labels.of("mac=4c-52-62-08-a3-ce&cpu=unknown&memory=")))
                .isEqualTo(Hardware.UNKNOWN);
    }

    @Test
    void cuts_odd_texts_to_size() {
        Hardware odd =
                Inspection.of(
                        Labels.of(
                                "product="
                                        + "x".repeat(5000)
                                        + "&serial=a%0d%0ab&memory=99999999&cpu=v3"));

        assertThat(odd.model()).hasSize(64);
        assertThat(odd.serial()).isEqualTo("ab");
        assertThat(odd.memoryMiB()).isZero();
        assertThat(odd.cpu()).isEqualTo(Hardware.Cpu.UNKNOWN);
    }
}
