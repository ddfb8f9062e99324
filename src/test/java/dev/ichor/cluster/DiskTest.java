package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class DiskTest {
    private static final Disk KNOWN =
            new Disk(
                    "/dev/sda",
                    "FAKE SSD 16G",
                    "FAKE0001",
                    17_200_000_000L,
                    "sata SSD",
                    List.of("ntfs \"Windows\"", "vfat"));

    private static final Disk BARE = new Disk("/dev/vda", "", "", 0, "", List.of());

    @Test
    void a_disk_says_all_that_is_known_and_what_would_be_erased() {
        assertThat(KNOWN)
                .hasToString(
                        "/dev/sda, FAKE SSD 16G, sata SSD, 17.2 GB, serial FAKE0001; holds ntfs"
                                + " \"Windows\", vfat");
        assertThat(BARE).hasToString("/dev/vda, 0.0 GB; empty");
    }

    @Test
    void it_is_wished_for_by_its_serial_number_for_a_path_may_change() {
        assertThat(KNOWN.wish()).isEqualTo(new InstallDisk.Serial("FAKE0001"));
        assertThat(BARE.wish()).isEqualTo(new InstallDisk.Device("/dev/vda"));
    }

    @Test
    void it_is_called_by_path_or_serial_number() {
        assertThat(List.of("/dev/sda", "FAKE0001")).allMatch(KNOWN::isCalled);
        assertThat(List.of("", "FAKE SSD 16G", "/dev/sdb")).noneMatch(KNOWN::isCalled);
        assertThat(BARE.isCalled("")).isFalse();
    }
}
