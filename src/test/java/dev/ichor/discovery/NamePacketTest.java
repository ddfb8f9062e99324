package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.cluster.Ip4;

import org.junit.jupiter.api.Test;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

class NamePacketTest {
    /// A question for 51.1.168.192.in-addr.arpa, answered with futro.local by a pointer.
    private static final String MDNS =
            "000184000001000100000000"
                    + "0235310131033136380331393207696e2d61646472046172706100000c0001"
                    + "c00c000c000100000078000d05"
                    + hex("futro")
                    + "05"
                    + hex("local")
                    + "00";

    /// A port at which nobody answers.
    private static final int NOBODY = 9;

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void asks_for_the_name_of_an_address_backwards() {
        assertThat(HexFormat.of().formatHex(NamePacket.ptr(Ip4.of("192.168.1.51"))))
                .isEqualTo(
                        "000100000001000000000000"
                                + "023531"
                                + "0131"
                                + "03313638"
                                + "03313932"
                                + "07"
                                + hex("in-addr")
                                + "04"
                                + hex("arpa")
                                + "00"
                                + "000c0001");
    }

    @Test
    void reads_the_first_label_of_a_multicast_dns_answer() {
        assertThat(NamePacket.name(ByteBuffer.wrap(HexFormat.of().parseHex(MDNS))))
                .contains("futro");
    }

    @Test
    void reads_the_machines_own_name_of_a_netbios_answer() {
        String group = hex("WORKGROUP      ") + "00" + "8400";
        String own = hex("OFFICE-PC      ") + "00" + "0400";
        String answer =
                "000184000000000100000000"
                        + "20"
                        + hex("CK" + "A".repeat(30))
                        + "00"
                        + "00210001"
                        + "00000000"
                        + "0025"
                        + "02"
                        + group
                        + own;
        assertThat(NamePacket.name(ByteBuffer.wrap(HexFormat.of().parseHex(answer))))
                .contains("office-pc");
    }

    @Test
    void a_name_that_points_at_itself_ends() {
        byte[] loop =
                HexFormat.of().parseHex("000184000000000100000000" + "c00c" + "00".repeat(20));
        assertThat(NamePacket.name(ByteBuffer.wrap(loop))).isEmpty();
    }

    @Test
    void shows_no_name_with_odd_characters() {
        assertThat(NamePacket.host("<script>.local")).isEmpty();
        assertThat(NamePacket.host("-x.local")).isEmpty();
    }

    @Test
    void no_packet_is_too_odd() {
        Gen.check(
                10_000,
                gen -> {
                    byte[] odd = gen.mangle(HexFormat.of().parseHex(MDNS));
                    assertThat(NamePacket.name(ByteBuffer.wrap(odd)).orElse("x"))
                            .matches("[a-z0-9-]{1,63}");
                    assertThat(NamePacket.asked(ByteBuffer.wrap(odd))).isNotNull();
                });
    }

    @Test
    void hears_the_name_of_a_host_that_answers() throws Exception {
        Map<Ip4, String> named = new ConcurrentHashMap<>();
        try (var host =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.51"), 0))) {
            Thread responder = Thread.ofVirtual().start(() -> answer(host));
            new HostNames(host.getLocalPort(), host.getLocalPort(), NOBODY)
                    .ask(
                            Ip4.of("127.0.0.1"),
                            List.of(Ip4.of("127.0.0.51")),
                            Set.of(),
                            Duration.ofSeconds(20),
                            named::put);
            responder.join();
        }
        assertThat(named).containsExactly(Map.entry(Ip4.of("127.0.0.51"), "futro"));
    }

    @Test
    void hears_from_the_networks_dns_server_what_a_silent_host_is_called() throws Exception {
        Map<Ip4, String> named = new ConcurrentHashMap<>();
        Ip4 silent = Ip4.of("192.168.1.51");
        try (var router =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.52"), 0))) {
            Thread responder = Thread.ofVirtual().start(() -> answer(router));
            new HostNames(NOBODY, NOBODY, router.getLocalPort())
                    .ask(
                            Ip4.of("127.0.0.1"),
                            List.of(silent),
                            Set.of(Ip4.of("127.0.0.52")),
                            Duration.ofSeconds(20),
                            named::put);
            responder.join();
        }
        assertThat(named).containsExactly(Map.entry(silent, "futro"));
    }

    @Test
    void tells_whose_name_a_dns_server_was_asked_for() {
        assertThat(NamePacket.asked(ByteBuffer.wrap(HexFormat.of().parseHex(MDNS))))
                .contains(Ip4.of("192.168.1.51"));
        assertThat(NamePacket.asked(ByteBuffer.wrap(NamePacket.nodeStatus()))).isEmpty();
        assertThat(NamePacket.asked(ByteBuffer.allocate(5))).isEmpty();
    }

    private static void answer(DatagramSocket host) {
        try {
            DatagramPacket asked = new DatagramPacket(new byte[512], 512);
            host.receive(asked);
            byte[] reply = HexFormat.of().parseHex(MDNS);
            host.send(new DatagramPacket(reply, reply.length, asked.getSocketAddress()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
