package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

class ProxyTest {
    private static final Ip4 US = Ip4.of("192.168.77.10");
    private static final Proxy PROXY =
            new Proxy(
                    US,
                    "http://192.168.77.10:8080",
                    new Loaders(
                            List.of(
                                    loader(Firmware.BIOS, "undionly.kpxe"),
                                    loader(Firmware.UEFI_X86, "snponly32.efi"),
                                    loader(Firmware.UEFI_X64, "snponly.efi"),
                                    loader(Firmware.UEFI_ARM64, "snponly-arm64.efi"))));

    @Test
    void an_offer_is_byte_for_byte_what_firmware_accepts() {
        byte[] b = offer(golden("dhcp-ovmf-discover"), 1).packet().encode();
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(b, 0, 4)).as("op, htype, hlen, hops").isEqualTo("02010600");
        assertThat(hex.formatHex(b, 8, 12)).as("secs, flags").isEqualTo("00008000");
        assertThat(hex.formatHex(b, 12, 28))
                .as("ciaddr, yiaddr, siaddr, giaddr")
                .isEqualTo("0000000000000000c0a84d0a00000000");
        assertThat(hex.formatHex(b, 28, 34)).as("chaddr").isEqualTo("525400770002");
        assertThat(new String(b, 108, 12, StandardCharsets.US_ASCII)).isEqualTo("snponly.efi\0");
        assertThat(hex.formatHex(b, 236, 240)).isEqualTo("63825363");
        String options = hex.formatHex(b, 240, b.length);
        assertThat(options)
                .startsWith(
                        "350102" // OFFER
                                + "3604c0a84d0a" // server id
                                + "3c09"
                                + hex.formatHex("PXEClient".getBytes(StandardCharsets.US_ASCII))
                                + "61110022221111333344445555666677778888" // UUID as it came
                                + "2b04060108ff"
                                + "420d"
                                + hex.formatHex("192.168.77.10".getBytes(StandardCharsets.US_ASCII))
                                + "430b"
                                + hex.formatHex("snponly.efi".getBytes(StandardCharsets.US_ASCII))
                                + "ff");
        assertThat(b).hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void a_rom_with_ipxe_is_sent_to_the_script_at_once() {
        assertThat(offer(golden("dhcp-bios-ipxe-discover"), 1).file())
                .isEqualTo("http://192.168.77.10:8080/boot.ipxe");
    }

    @ParameterizedTest
    @CsvSource({
        "0, undionly.kpxe",
        "6, snponly32.efi",
        "7, snponly.efi",
        "8, snponly.efi",
        "9, snponly.efi",
        "11, snponly-arm64.efi"
    })
    void each_architecture_gets_its_loader(int arch, String file) {
        assertThat(offer(client("PXEClient", arch), 1).file()).isEqualTo(file);
    }

    @Test
    void a_client_without_architecture_is_an_old_bios() {
        DhcpPacket old = client("PXEClient", 0).change().without(DhcpOption.ARCHITECTURE).build();
        assertThat(offer(old, 1).file()).isEqualTo("undionly.kpxe");
    }

    @Test
    void uefi_http_boot_gets_a_url_and_no_option_43() {
        Proxy.Answer.Offer offer = offer(client("HTTPClient:Arch:00016", 16), 1);
        assertThat(offer.file()).isEqualTo("http://192.168.77.10:8080/nbp/snponly.efi");
        assertThat(offer.packet().vendorClass()).isEqualTo("HTTPClient");
        assertThat(offer.packet().option(DhcpOption.VENDOR_SPECIFIC)).isEmpty();
    }

    @Test
    void what_nothing_runs_on_is_told_and_not_answered() {
        assertThat(PROXY.toBroadcast(client("PXEClient", 2), 1))
                .isEqualTo(
                        new Proxy.Answer.Ignore(
                                "It asks for a boot loader for architecture 2, and there is none"
                                        + " at hand.",
                                true));
        assertThat(PROXY.toBroadcast(client("PXEClient", 10), 1))
                .isEqualTo(
                        new Proxy.Answer.Ignore(
                                "It asks for a boot loader for UEFI ARM 32 bit, and there is none"
                                        + " at hand.",
                                true));
    }

    @Test
    void ordinary_clients_are_never_answered() {
        DhcpPacket phone = client("android-dhcp-14", 0);
        assertThat(PROXY.toBroadcast(phone, 1)).isInstanceOf(Proxy.Answer.Ignore.class);
        assertThat(PROXY.toBootServer(phone)).isInstanceOf(Proxy.Answer.Ignore.class);
        DhcpPacket lease = client("PXEClient", 0).change().type(MessageType.REQUEST).build();
        assertThat(PROXY.toBroadcast(lease, 1)).isInstanceOf(Proxy.Answer.Ignore.class);
    }

    @Test
    void the_third_repeat_is_answered_without_option_43() {
        DhcpPacket asks = golden("dhcp-ovmf-discover");
        assertThat(offer(asks, 2).packet().option(DhcpOption.VENDOR_SPECIFIC)).isPresent();
        assertThat(offer(asks, 3).packet().option(DhcpOption.VENDOR_SPECIFIC)).isEmpty();
        assertThat(offer(asks, 3).packet().siaddr()).isEqualTo(US.bits());
    }

    @Test
    void port_4011_confirms_with_the_clients_address() {
        DhcpPacket asks =
                client("PXEClient", 7)
                        .change()
                        .type(MessageType.REQUEST)
                        .ciaddr(0x0a000005)
                        .build();
        assertThat(PROXY.toBootServer(asks))
                .isInstanceOfSatisfying(
                        Proxy.Answer.Offer.class,
                        o -> {
                            assertThat(o.packet().messageType()).contains(MessageType.ACK);
                            assertThat(o.packet().ciaddr()).isEqualTo(0x0a000005);
                            assertThat(o.packet().yiaddr()).isZero();
                        });
    }

    private static Proxy.Answer.Offer offer(DhcpPacket p, int repeats) {
        return (Proxy.Answer.Offer) PROXY.toBroadcast(p, repeats);
    }

    private static DhcpPacket client(String vendorClass, int arch) {
        return DhcpBuilder.request(MessageType.DISCOVER, 1, Arrays.copyOf(new byte[] {2}, 6))
                .option(DhcpOption.VENDOR_CLASS, vendorClass)
                .arch(arch)
                .build();
    }

    private static DhcpPacket golden(String name) {
        return DhcpPacket.parse(Golden.bytes(name)).orElseThrow();
    }

    private static Loaders.Loader loader(Firmware firmware, String name) {
        return new Loaders.Loader(firmware, name, Path.of(name), "");
    }
}
