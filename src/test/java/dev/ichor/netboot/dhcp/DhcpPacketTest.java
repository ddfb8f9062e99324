package dev.ichor.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.netboot.Golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

class DhcpPacketTest {
    private static final byte[] MAC = HexFormat.of().parseHex("525400770001");

    @Test
    void ipxe_in_a_bios_rom_is_read() {
        DhcpPacket p = golden("dhcp-bios-ipxe-discover");
        assertThat(p.messageType()).contains(MessageType.DISCOVER);
        assertThat(p.vendorClass()).isEqualTo("PXEClient:Arch:00000:UNDI:002001");
        assertThat(p.archs()).containsExactly(0);
        assertThat(p.isIpxe()).isTrue();
        assertThat(p.uuid()).isEqualTo("11112222-3333-4444-5555-666677778888");
        assertThat(Arrays.copyOf(p.chaddr(), 6)).isEqualTo(MAC);
        assertThat(p.flags()).isZero();
        assertThat(p.option(DhcpOption.MAX_SIZE)).hasValue(new byte[] {0x05, (byte) 0xc0});
    }

    @Test
    void a_request_names_the_address_and_the_server() {
        DhcpPacket p = golden("dhcp-bios-ipxe-request");
        assertThat(p.messageType()).contains(MessageType.REQUEST);
        assertThat(p.requestedIp()).isEqualTo(0x0a00020f);
        assertThat(p.serverId()).isEqualTo(0x0a000202);
    }

    @Test
    void uefi_firmware_is_not_taken_for_ipxe() {
        DhcpPacket p = golden("dhcp-ovmf-discover");
        assertThat(p.vendorClass()).isEqualTo("PXEClient:Arch:00007:UNDI:003000");
        assertThat(p.archs()).containsExactly(7);
        assertThat(p.isIpxe()).isFalse();
        assertThat(p.flags()).isEqualTo(DhcpPacket.BROADCAST);
        assertThat(golden("dhcp-snponly-discover").isIpxe()).isTrue();
    }

    @Test
    void a_routers_offer_shows_file_and_server() {
        DhcpPacket p = golden("dhcp-dnsmasq-offer");
        assertThat(p.op()).isEqualTo(DhcpPacket.BOOTREPLY);
        assertThat(p.bootFile()).isEqualTo("pxeboot");
        assertThat(p.siaddr()).isEqualTo(0x0a090901);
        assertThat(p.yiaddr()).isEqualTo(0x0a090937);
        assertThat(p.text(DhcpOption.TFTP_SERVER)).isEqualTo("10.9.9.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dhcp-bios-ipxe-discover",
                "dhcp-bios-ipxe-request",
                "dhcp-ovmf-discover",
                "dhcp-ovmf-request",
                "dhcp-snponly-discover",
                "dhcp-dnsmasq-offer"
            })
    void captured_packets_are_written_as_they_came(String name) {
        byte[] captured = Golden.bytes(name);
        byte[] written = golden(name).encode();
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(HexFormat.of().formatHex(captured));
    }

    @Test
    void an_answer_repeats_what_the_client_sent() {
        DhcpPacket asked = golden("dhcp-ovmf-discover").change().giaddr(0x0a010101).build();
        DhcpPacket reply = DhcpBuilder.reply(asked, MessageType.OFFER).siaddr(1).build();
        assertThat(reply.encode()).hasSize(300);
        assertThat(reply.op()).isEqualTo(DhcpPacket.BOOTREPLY);
        assertThat(reply.xid()).isEqualTo(asked.xid());
        assertThat(reply.flags()).isEqualTo(asked.flags());
        assertThat(reply.giaddr()).isEqualTo(0x0a010101);
        assertThat(reply.chaddr()).isEqualTo(asked.chaddr());
        assertThat(reply.ciaddr()).isZero();
    }

    @Test
    void options_in_file_and_sname_are_read_in_the_order_of_rfc_3396() {
        byte[] b = DhcpBuilder.request(MessageType.DISCOVER, 1, MAC).build().encode();
        // overload = 3, option 43 in three parts: options, file, sname
        put(b, 240, "350101", "340103", "2b0141", "ff");
        put(b, 108, "2b0142", "ff");
        put(b, 44, "2b0143", "ff");
        DhcpPacket p = DhcpPacket.parse(b).orElseThrow();
        assertThat(p.text(DhcpOption.VENDOR_SPECIFIC)).isEqualTo("ABC");
        assertThat(p.file()).isEmpty();
        assertThat(p.sname()).isEmpty();
        assertThat(p.options()).containsOnlyKeys(53, 43);
    }

    @Test
    void a_long_option_travels_in_parts() {
        String text = "x".repeat(600);
        byte[] b =
                DhcpBuilder.request(MessageType.DISCOVER, 1, MAC)
                        .option(DhcpOption.VENDOR_SPECIFIC, text)
                        .build()
                        .encode();
        assertThat(DhcpPacket.parse(b).orElseThrow().text(DhcpOption.VENDOR_SPECIFIC))
                .isEqualTo(text);
    }

    @Test
    void user_class_may_carry_a_length_octet() {
        DhcpBuilder b = DhcpBuilder.request(MessageType.DISCOVER, 1, MAC);
        assertThat(b.option(DhcpOption.USER_CLASS, "\4iPXE").build().isIpxe()).isTrue();
        assertThat(b.option(DhcpOption.USER_CLASS, "iPXE").build().isIpxe()).isTrue();
        assertThat(b.option(DhcpOption.USER_CLASS, "\3Xen\4iPXE").build().isIpxe()).isTrue();
        assertThat(b.option(DhcpOption.USER_CLASS, "\5iPXE").build().isIpxe()).isTrue();
        assertThat(b.option(DhcpOption.USER_CLASS, "\4gPXE").build().isIpxe()).isFalse();
        assertThat(b.option(DhcpOption.USER_CLASS, "Xen").build().isIpxe()).isFalse();
    }

    @Test
    void a_uuid_comes_back_as_its_text() {
        String uuid = "4c4c4544-0043-4e10-8031-b4c04f4d3232";
        assertThat(DhcpBuilder.request(MessageType.DISCOVER, 1, MAC).uuid(uuid).build().uuid())
                .isEqualTo(uuid);
    }

    @Test
    void what_is_no_dhcp_packet_is_empty() {
        byte[] good = Golden.bytes("dhcp-ovmf-discover");
        assertThat(DhcpPacket.parse(new byte[0])).isEmpty();
        assertThat(DhcpPacket.parse(Arrays.copyOf(good, 239))).isEmpty();
        assertThat(DhcpPacket.parse(changed(good, 236, 0))).as("cookie").isEmpty();
        assertThat(DhcpPacket.parse(changed(good, 0, 3))).as("op").isEmpty();
        assertThat(DhcpPacket.parse(changed(good, 2, 17))).as("hlen").isEmpty();
        assertThat(DhcpPacket.parse(Arrays.copyOf(good, 244))).as("cut option").isEmpty();
        assertThat(DhcpPacket.parse(Arrays.copyOf(good, 243))).as("no end").isPresent();
    }

    @Test
    void every_packet_we_write_we_read_back_equal() {
        Gen.check(
                2_000,
                gen -> {
                    DhcpPacket p = packet(gen);
                    assertThat(DhcpPacket.parse(p.encode())).contains(p);
                });
    }

    @Test
    void mangled_packets_never_throw() {
        byte[] good = Golden.bytes("dhcp-bios-ipxe-request");
        Gen.check(
                Gen.often(10_000),
                gen -> {
                    ByteBuffer b = ByteBuffer.wrap(gen.mangle(good));
                    DhcpPacket.parse(b)
                            .ifPresent(p -> {
                                p.messageType();
                                p.uuid();
                                p.archs();
                                p.machineId();
                                p.isIpxe();
                                p.bootFile();
                                p.requestedIp();
                                assertThat(DhcpPacket.parse(p.encode())).contains(p);
                            });
                });
    }

    @Test
    void whatever_follows_the_cookie_never_throws() {
        byte[] head = Arrays.copyOf(Golden.bytes("dhcp-ovmf-discover"), 240);
        Gen.check(
                Gen.often(10_000),
                gen -> {
                    byte[] tail = gen.bytes(gen.between(0, 1_260));
                    byte[] all = Arrays.copyOf(head, 240 + tail.length);
                    System.arraycopy(tail, 0, all, 240, tail.length);
                    DhcpPacket.parse(all)
                            .ifPresent(p -> assertThat(DhcpPacket.parse(p.encode())).contains(p));
                });
    }

    private static DhcpPacket packet(Gen gen) {
        DhcpBuilder b =
                DhcpBuilder.request(gen.of(MessageType.values()), gen.any(), gen.bytes(6))
                        .flags(gen.between(0, 0xffff))
                        .secs(gen.between(0, 0xffff))
                        .ciaddr(gen.any())
                        .siaddr(gen.any())
                        .file(gen.text(127, "abc/.-"))
                        .sname(gen.text(63, "abc."));
        for (int n = gen.between(0, 8); n > 0; n--) {
            int code = gen.between(1, 254);
            if (code != DhcpOption.OVERLOAD) {
                b.option(code, gen.bytes(gen.between(0, gen.oneIn(5) ? 700 : 40)));
            }
        }
        return b.build();
    }

    private static DhcpPacket golden(String name) {
        return DhcpPacket.parse(Golden.bytes(name)).orElseThrow();
    }

    private static byte[] changed(byte[] good, int at, int value) {
        byte[] b = good.clone();
        b[at] = (byte) value;
        return b;
    }

    private static void put(byte[] b, int at, String... hex) {
        byte[] v = HexFormat.of().parseHex(String.join("", hex));
        System.arraycopy(v, 0, b, at, v.length);
    }
}
