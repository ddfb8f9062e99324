package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
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
import java.util.Optional;

class ProxyTest {
    private static final Ip4 US = Ip4.of("192.168.77.10");
    private static final Proxy PROXY =
            new Proxy(
                    US,
                    "http://192.168.77.10:8080",
                    LoaderChoice.first(
                            new Loaders(
                                    List.of(
                                            loader(Firmware.BIOS, "undionly.kpxe"),
                                            loader(Firmware.UEFI_X86, "snponly32.efi"),
                                            loader(Firmware.UEFI_X64, "snponly.efi"),
                                            loader(Firmware.UEFI_ARM32, "snponly-arm32.efi"),
                                            loader(Firmware.UEFI_ARM64, "snponly-arm64.efi")))));

    /// PXE 2.1 section 2.2.1 (what an offer holds) and 2.2.3 (option 43); RFC 2131 figure 1.
    @Test
    void an_offer_is_byte_for_byte_what_firmware_accepts() {
        DhcpPacket asks = golden("dhcp-ovmf-discover");
        assertThat(hex(offer(asks, 1).packet()))
                .isEqualTo(
                        "02010600" // op, htype, hlen, hops
                                + xid(asks)
                                + "00008000" // secs 0, flags as they came
                                + "00000000" // ciaddr as it came
                                + "00000000" // yiaddr: never an address
                                + "c0a84d0a" // siaddr: us
                                + "00000000" // giaddr as it came
                                + "52540077000200000000000000000000" // chaddr
                                + "00".repeat(64) // sname
                                + ascii("snponly.efi")
                                + "00".repeat(128 - 11) // file
                                + "63825363"
                                + "350102" // OFFER
                                + "3604c0a84d0a" // server id
                                + "3c09"
                                + ascii("PXEClient")
                                + "61110022221111333344445555666677778888" // UUID as it came
                                + "2b04060108ff" // boot the file of this offer
                                + "420d"
                                + ascii("192.168.77.10")
                                + "430b"
                                + ascii("snponly.efi")
                                + "ff");
    }

    /// The confirmation of PXE 2.1 section 2.2.4: the same with type 5 and the client's address.
    @Test
    void port_4011_confirms_with_the_clients_address() {
        DhcpPacket asks =
                client("PXEClient:Arch:00007:UNDI:003000", 7)
                        .change()
                        .type(MessageType.REQUEST)
                        .ciaddr(0x0a000005)
                        .build();
        String ack = hex(confirmed(asks));
        assertThat(ack.substring(0, 56))
                .isEqualTo(
                        "0201060000000001"
                                + "00000000"
                                + "0a000005"
                                + "00000000"
                                + "c0a84d0a"
                                + "00000000");
        assertThat(ack.substring(480))
                .startsWith(
                        "350105"
                                + "3604c0a84d0a"
                                + "3c09"
                                + ascii("PXEClient")
                                + "2b04060108ff"
                                + "420d");
        assertThat(confirmed(asks.change().type(MessageType.INFORM).build()).messageType())
                .contains(MessageType.ACK);
        assertThat(PROXY.toBootServer(client("PXEClient", 7)))
                .as("a DISCOVER does not belong there")
                .isInstanceOf(Proxy.Answer.Ignore.class);
    }

    @Test
    void a_rom_with_ipxe_is_sent_to_the_script_at_once() {
        assertThat(offer(golden("dhcp-bios-ipxe-discover"), 1).file())
                .isEqualTo("http://192.168.77.10:8080/boot.ipxe");
    }

    /// RFC 4578 section 2.1 and the IANA registry of processor architectures. 8 is Xscale there,
    /// but some x64 boards send it; clients may name several, the one they like best first.
    @ParameterizedTest
    @CsvSource({
        "0, PXEClient, undionly.kpxe",
        "6, PXEClient, snponly32.efi",
        "7, PXEClient, snponly.efi",
        "8, PXEClient, snponly.efi",
        "9, PXEClient, snponly.efi",
        "10, PXEClient, snponly-arm32.efi",
        "11, PXEClient, snponly-arm64.efi",
        "15, HTTPClient, http://192.168.77.10:8080/nbp/i386/snponly32.efi",
        "16, HTTPClient, http://192.168.77.10:8080/nbp/snponly.efi",
        "18, HTTPClient, http://192.168.77.10:8080/nbp/arm32/snponly-arm32.efi",
        "19, HTTPClient, http://192.168.77.10:8080/nbp/arm64/snponly-arm64.efi",
        "9 7, PXEClient, snponly.efi",
        "2 0, PXEClient, undionly.kpxe"
    })
    void each_architecture_gets_its_loader(String archs, String vendorClass, String file) {
        byte[] codes = new byte[2 * archs.split(" ").length];
        int at = 1;
        for (String arch : archs.split(" ")) {
            codes[at] = Byte.parseByte(arch);
            at += 2;
        }
        DhcpPacket asks =
                client(vendorClass + ":Arch:00000", 0)
                        .change()
                        .option(DhcpOption.ARCHITECTURE, codes)
                        .build();
        assertThat(offer(asks, 1).file()).isEqualTo(file);
        assertThat(offer(asks, 1).packet().vendorClass()).isEqualTo(vendorClass);
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
        Proxy without = new Proxy(US, "http://x", LoaderChoice.first(new Loaders(List.of())));
        assertThat(without.toBroadcast(client("PXEClient", 10), 1))
                .isEqualTo(
                        new Proxy.Answer.Ignore(
                                "It asks for a boot loader for UEFI ARM 32 bit, and there is none"
                                        + " at hand.",
                                true));
    }

    /// RFC 4578 section 2.3: a zero octet and 16 more. Anything else counts as not sent, and the
    /// machine is answered all the same.
    @Test
    void only_a_well_formed_machine_id_comes_back() {
        byte[] good = HexFormat.of().parseHex("0022221111333344445555666677778888");
        assertThat(machineId(good)).hasValue(good);
        byte[] wrongType = good.clone();
        wrongType[0] = 1;
        assertThat(machineId(wrongType)).isEmpty();
        assertThat(machineId(Arrays.copyOf(good, 16))).isEmpty();
        assertThat(machineId(new byte[0])).isEmpty();
    }

    /// RFC 2132 section 9.13 is a text of any length: iPXE may send the nine octets alone.
    @ParameterizedTest
    @CsvSource({
        "PXEClient, true",
        "PXEClient:Arch:00000:UNDI:002001, true",
        "HTTPClient:Arch:00016:UNDI:003001, true",
        "pxeclient, false",
        "PXEClien, false",
        "XPXEClient, false",
        "MSFT 5.0, false"
    })
    void only_the_beginning_of_option_60_counts(String vendorClass, boolean answered) {
        assertThat(PROXY.toBroadcast(client(vendorClass, 0), 1) instanceof Proxy.Answer.Offer)
                .isEqualTo(answered);
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

    /// Whatever is answered stays within an Ethernet frame and can be read.
    @Test
    void mangled_packets_are_answered_or_not_but_never_throw() {
        byte[][] good = {
            Golden.bytes("dhcp-ovmf-discover"),
            Golden.bytes("dhcp-bios-ipxe-discover"),
            Golden.bytes("dhcp-snponly-discover")
        };
        Gen.check(
                Gen.often(10_000),
                gen ->
                        DhcpPacket.parse(gen.mangle(gen.of(good)))
                                .ifPresent(p -> {
                                    bounded(PROXY.toBroadcast(p, gen.between(1, 5)));
                                    bounded(PROXY.toBootServer(p));
                                }));
    }

    private static void bounded(Proxy.Answer answer) {
        if (answer instanceof Proxy.Answer.Offer(DhcpPacket packet, String _)) {
            byte[] b = packet.encode();
            assertThat(b.length).isBetween(300, 1472);
            assertThat(DhcpPacket.parse(b)).contains(packet);
        }
    }

    private static Optional<byte[]> machineId(byte[] sent) {
        DhcpPacket asks =
                client("PXEClient", 0).change().option(DhcpOption.MACHINE_ID, sent).build();
        return offer(asks, 1).packet().option(DhcpOption.MACHINE_ID);
    }

    private static DhcpPacket confirmed(DhcpPacket p) {
        return ((Proxy.Answer.Offer) PROXY.toBootServer(p)).packet();
    }

    private static String hex(DhcpPacket p) {
        return HexFormat.of().formatHex(p.encode());
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String xid(DhcpPacket p) {
        return HexFormat.of().toHexDigits(p.xid());
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
