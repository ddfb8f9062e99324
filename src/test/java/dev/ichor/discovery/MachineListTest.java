package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.cluster.Machine;

import org.junit.jupiter.api.Test;

import java.util.List;

class MachineListTest {
    private static List<String> read(String text) {
        return MachineList.parse(text).machines().stream().map(MachineListTest::line).toList();
    }

    private static String line(Machine m) {
        return (m.mac() + " " + (m.ip() == null ? "-" : m.ip()) + " " + m.name()).strip();
    }

    @Test
    void reads_mac_addresses_in_every_usual_form() {
        assertThat(read("4c:52:62:08:a3:ce, 4C-52-62-0E-11-02;4c52.620e.1103 4c52620e1104"))
                .containsExactly(
                        "4c:52:62:08:a3:ce -",
                        "4c:52:62:0e:11:02 -",
                        "4c:52:62:0e:11:03 -",
                        "4c:52:62:0e:11:04 -");
    }

    @Test
    void reads_what_windows_prints_in_any_language() {
        assertThat(
                        read(
                                """
                                Schnittstelle: 192.168.1.20 --- 0x5
                                  Internetadresse       Physische Adresse     Typ
                                  192.168.1.1           f4-92-bf-00-00-01     dynamisch
                                  192.168.1.51          4c-52-62-08-a3-ce     dynamisch
                                  192.168.1.255         ff-ff-ff-ff-ff-ff     statisch
                                """))
                .containsExactly("f4:92:bf:00:00:01 192.168.1.1", "4c:52:62:08:a3:ce 192.168.1.51");
    }

    @Test
    void reads_what_linux_and_macos_print() {
        assertThat(
                        read(
                                """
                                futro.lan (192.168.1.51) at 4c:52:62:8:a3:ce on en0 ifscope [ethernet]
                                192.168.1.52 dev eth0 lladdr 4c:52:62:0e:11:02 REACHABLE
                                192.168.1.53     0x1         0x2         4c:52:62:0e:11:03     *        eth0
                                """))
                .containsExactly(
                        "4c:52:62:08:a3:ce 192.168.1.51 futro.lan",
                        "4c:52:62:0e:11:02 192.168.1.52",
                        "4c:52:62:0e:11:03 192.168.1.53");
    }

    @Test
    void reads_a_csv_file_with_its_titles() {
        MachineList list =
                MachineList.parse(
                        """
                        Name;MAC address;IP
                        futro-1;4c:52:62:08:a3:ce;192.168.1.51
                        "futro 2";4c:52:62:0e:11:02;
                        """);

        assertThat(list.machines().stream().map(MachineListTest::line))
                .containsExactly(
                        "4c:52:62:08:a3:ce 192.168.1.51 futro-1", "4c:52:62:0e:11:02 - futro 2");
        assertThat(list.odd()).isEmpty();
    }

    @Test
    void names_the_first_line_that_it_does_not_understand_and_keeps_the_rest() {
        MachineList list = MachineList.parse("4c:52:62:08:a3:ce\nmy old laptop\n4c:52:62");

        assertThat(list.machines()).hasSize(1);
        assertThat(list.odd()).isEqualTo("my old laptop");
    }

    @Test
    void tells_the_maker() {
        assertThat(MachineList.parse("4c:52:62:08:a3:ce").machines().getFirst().vendor())
                .isEqualTo("Fujitsu");
    }

    @Test
    void a_mac_that_stands_twice_is_one_machine() {
        assertThat(read("4c:52:62:08:a3:ce\n4c:52:62:08:a3:ce 192.168.1.51"))
                .containsExactly("4c:52:62:08:a3:ce 192.168.1.51");
    }

    @Test
    void no_text_is_too_odd() {
        Gen.check(
                2_000,
                gen ->
                        assertThat(
                                        MachineList.parse(gen.text(400, "0af:-.;,\t\n\"( ٣é"))
                                                .machines())
                                .allMatch(m -> m.mac().value() != 0));
        assertThat(MachineList.parse("f".repeat(100_000)).machines()).isEmpty();
    }
}
