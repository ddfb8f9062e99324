package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.stream.Stream;

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

    @Test
    void an_address_is_four_octets_and_stays_what_it_was() throws Exception {
        Ip4 ip = Ip4.of("192.168.200.254");
        assertThat(ip).hasToString("192.168.200.254");
        assertThat(ip.bytes()).containsExactly(192, 168, 200, 254);
        assertThat(Ip4.of(ip.bytes())).isEqualTo(ip);
        assertThat(Ip4.of(new byte[] {1, (byte) 128, (byte) 129, (byte) 130}))
                .hasToString("1.128.129.130");
        assertThat(Ip4.of(ip.inet())).contains(ip);
        assertThat(Ip4.of(InetAddress.getByAddress(new byte[16]))).isEmpty();
        assertThat(ip.plus(2)).hasToString("192.168.201.0");
        assertThatThrownBy(() -> Ip4.of("here")).hasMessage("not an IPv4 address: here");
        assertThat(Ip4.parse("255.255.255.255")).contains(Ip4.BROADCAST);
    }

    @Test
    void addresses_are_ordered_as_numbers_the_high_ones_last() {
        assertThat(Stream.of("200.0.0.1", "0.0.0.0", "127.0.0.1", "10.0.0.1").map(Ip4::of).sorted())
                .extracting(Ip4::toString)
                .containsExactly("0.0.0.0", "10.0.0.1", "127.0.0.1", "200.0.0.1");
    }

    @Test
    void a_mac_is_six_octets_the_first_three_its_maker() {
        Mac mac = Mac.of("4c:52:62:88:a3:ce");
        assertThat(mac.bytes()).containsExactly(0x4c, 0x52, 0x62, 0x88, 0xa3, 0xce);
        assertThat(Mac.of(mac.bytes())).isEqualTo(mac);
        assertThat(mac.oui()).isEqualTo(0x4c5262);
        assertThat(mac).isGreaterThan(Mac.of("4c:52:62:88:a3:cd")).isEqualByComparingTo(mac);
        assertThatThrownBy(() -> new Mac(1L << 48)).hasMessage("a MAC has 48 bits: 1000000000000");
        assertThatThrownBy(() -> Mac.of("me")).hasMessage("not a MAC: me");
    }

    @Test
    void a_subnet_may_be_one_address_or_all_and_no_more() {
        assertThat(Subnet.parse("10.0.0.1/32").orElseThrow().mask()).isEqualTo(Ip4.BROADCAST);
        assertThat(Subnet.parse("10.0.0.1/0").orElseThrow().mask()).isEqualTo(Ip4.NONE);
        assertThat(Subnet.parse("10.0.0.1/24").orElseThrow().mask()).hasToString("255.255.255.0");
        assertThat(Subnet.parse("10.0.0.1/33")).isEmpty();
        assertThat(Subnet.parse("10.0.0.1")).isEmpty();
    }
}
