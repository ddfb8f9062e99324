package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Subnet;

import org.junit.jupiter.api.Test;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.HexFormat;

class WakeOnLanTest {
    private static final Mac FUTRO = Mac.of("4c:52:62:08:a3:ce");

    @Test
    void the_magic_packet_is_six_ff_and_sixteen_times_the_mac() {
        assertThat(HexFormat.of().formatHex(WakeOnLan.magic(FUTRO)))
                .isEqualTo("ffffffffffff" + "4c526208a3ce".repeat(16));
    }

    @Test
    void reaches_a_listener_on_the_adapters_network() throws Exception {
        var loopback = new Adapter("lo", "loopback", new Subnet(Ip4.of("127.0.0.1"), 8), true, 0);
        try (var listener = new DatagramSocket()) {
            listener.setSoTimeout(5_000);

            WakeOnLan.wake(FUTRO, loopback, listener.getLocalPort());

            var heard = new DatagramPacket(new byte[200], 200);
            listener.receive(heard);
            assertThat(heard.getLength()).isEqualTo(102);
            assertThat(heard.getAddress()).isEqualTo(Ip4.of("127.0.0.1").inet());
        }
    }
}
