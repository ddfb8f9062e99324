package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.util.Map;

class ArpTextTest {
    @Test
    void reads_the_complete_entries_of_linux() {
        String text =
                """
                IP address       HW type     Flags       HW address            Mask     Device
                192.168.1.1      0x1         0x2         74:ac:b9:01:02:03     *        eth0
                192.168.1.7      0x1         0x0         00:00:00:00:00:00     *        eth0
                192.168.1.8      0x1         0x6         4c:52:62:08:a3:ce     *        eth0
                192.168.1.9      0x20        0x2         4c:52:62:08:a3:cf     *        ib0
                192.168.1.10     0x1         0x2         00:00:00:00:00:00     *        eth0
                rubbish
                """;

        assertThat(ArpText.linux(text))
                .isEqualTo(
                        Map.of(
                                Ip4.of("192.168.1.1"), Mac.of("74:ac:b9:01:02:03"),
                                Ip4.of("192.168.1.8"), Mac.of("4c:52:62:08:a3:ce")));
    }

    @Test
    void reads_windows_in_any_language_and_leaves_out_groups() {
        String text =
                """

                Schnittstelle: 192.168.1.10 --- 0x7
                  Internetadresse       Physische Adresse     Typ
                  192.168.1.1           74-ac-b9-01-02-03     dynamisch
                  192.168.1.255         ff-ff-ff-ff-ff-ff     statisch
                  224.0.0.22            01-00-5e-00-00-16     statisch
                  192.168.1.66          4c-52-62-08-a3-ce     dynamisch
                """;

        assertThat(ArpText.windows(text))
                .isEqualTo(
                        Map.of(
                                Ip4.of("192.168.1.1"), Mac.of("74:ac:b9:01:02:03"),
                                Ip4.of("192.168.1.66"), Mac.of("4c:52:62:08:a3:ce")));
    }
}
