package dev.ichor.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.netboot.Golden;
import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Data;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;
import dev.ichor.netboot.tftp.TftpPacket.WriteRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

class TftpPacketTest {
    @Test
    void ipxe_asks_with_two_options_in_this_order() {
        ReadRequest r = (ReadRequest) golden("tftp-ipxe-rrq");
        assertThat(r.name()).isEqualTo("undionly.kpxe");
        assertThat(r.mode()).isEqualTo("octet");
        assertThat(List.copyOf(r.options().entrySet()))
                .isEqualTo(List.of(Map.entry("blksize", "1432"), Map.entry("tsize", "0")));
    }

    @Test
    void ovmf_probes_the_size_and_breaks_off() {
        ReadRequest r = (ReadRequest) golden("tftp-ovmf-size-probe");
        assertThat(r.options())
                .isEqualTo(options("tsize", "0", "blksize", "1468", "windowsize", "4"));
        assertThat(golden("tftp-ovmf-abort"))
                .isEqualTo(new TftpError(ErrorCode.OPTION_REFUSED, "User aborted the transfer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tftp-ipxe-rrq",
                "tftp-ovmf-size-probe",
                "tftp-ovmf-rrq",
                "tftp-ovmf-abort",
                "tftp-slirp-oack"
            })
    void captured_packets_are_written_as_they_came(String name) {
        assertThat(golden(name).encode()).isEqualTo(Golden.bytes(name));
    }

    @Test
    void option_names_are_read_in_lower_case_and_padding_is_left_out() {
        assertThat(parse("\0\1a\0OCTET\0BlkSize\0\065\061\062\0\0\0\0\0"))
                .isEqualTo(new ReadRequest("a", "octet", options("blksize", "512")));
    }

    @Test
    void what_makes_no_sense_is_empty() {
        assertThat(TftpPacket.parse(new byte[] {0, 1})).isEmpty();
        assertThat(TftpPacket.parse(new byte[] {0, 9, 0, 0})).isEmpty();
        assertThat(TftpPacket.parse("\0\1name without end".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(TftpPacket.parse("\0\1\0octet\0".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    }

    @Test
    void every_packet_we_write_we_read_back_equal() {
        Gen.check(
                2_000,
                gen -> {
                    TftpPacket p = packet(gen);
                    assertThat(TftpPacket.parse(p.encode())).contains(p);
                });
    }

    @Test
    void mangled_packets_never_throw() {
        Gen.check(
                Gen.often(10_000),
                gen -> assertThat(TftpPacket.parse(gen.mangle(packet(gen).encode()))).isNotNull());
    }

    private static TftpPacket packet(Gen gen) {
        SequencedMap<String, String> options = new LinkedHashMap<>();
        for (String name : gen.list(3, g -> g.of("blksize", "tsize", "timeout", "windowsize"))) {
            options.put(name, String.valueOf(gen.between(0, 70_000)));
        }
        return switch (gen.between(1, 6)) {
            case 1 -> new ReadRequest("a" + gen.text(99, "ab/\\."), "octet", options);
            case 2 -> new WriteRequest("a" + gen.text(99, "ab/\\."), "octet", options);
            case 3 -> new Data(gen.between(0, 65535), gen.bytes(gen.between(0, 1468)));
            case 4 -> new Ack(gen.between(0, 65535));
            case 5 -> new TftpError(gen.of(ErrorCode.values()), gen.text(40, "abc "));
            default -> {
                options.put("tsize", "1");
                yield new Oack(options);
            }
        };
    }

    private static SequencedMap<String, String> options(String... pairs) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.put(pairs[i], pairs[i + 1]);
        }
        return all;
    }

    private static TftpPacket golden(String name) {
        return TftpPacket.parse(Golden.bytes(name)).orElseThrow();
    }

    private static TftpPacket parse(String text) {
        return TftpPacket.parse(text.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
    }
}
