package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Mac;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorsTest {
    @ParameterizedTest
    @CsvSource({
        "4c:52:62:08:a3:ce, Fujitsu",
        "00:80:64:00:00:01, Wyse",
        "b8:27:eb:00:00:01, Raspberry Pi",
        "00:11:32:00:00:01, Synology",
        "00:50:c2:12:3f:ff, Seranoa Networks",
        "70:b3:d5:74:60:01, Smart Systems",
        "24:5e:be:00:00:01, QNAP",
        "52:54:00:77:00:01, QEMU",
        "ff:ff:ff:ff:ff:ff, ''"
    })
    void names_the_maker_by_the_narrowest_registered_block(String mac, String vendor) {
        assertThat(Vendors.of(Mac.of(mac))).isEqualTo(vendor);
    }
}
