package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4C:52:62:08:A3:CE",
                "4c-52-62-08-a3-ce",
                "4c52.6208.a3ce",
                " 4c526208a3ce "
            })
    void a_mac_is_read_in_every_usual_spelling(String text) {
        assertThat(Mac.of(text)).hasToString("4c:52:62:08:a3:ce");
        assertThat(Mac.of(text).hyphens()).isEqualTo("4c-52-62-08-a3-ce");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4c:52:62:08:a3", "4c:52:62:08:a3:cg", "4c:52-62:08:a3", "fe80::1"})
    void what_is_no_mac_is_refused(String text) {
        assertThat(Mac.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.256", "1.2.3.4.5", "a.b.c.d", "1..2.3", "::1"})
    void what_is_no_address_is_refused(String text) {
        assertThat(Ip4.parse(text)).isEmpty();
    }

    @Test
    void a_subnet_knows_its_ends() {
        Subnet net = Subnet.parse("192.168.77.10/23").orElseThrow();
        assertThat(net).hasToString("192.168.76.0/23");
        assertThat(net.last()).isEqualTo(Ip4.of("192.168.77.255"));
        assertThat(net.contains(Ip4.of("192.168.76.1"))).isTrue();
        assertThat(net.contains(Ip4.of("192.168.78.1"))).isFalse();
    }
}
