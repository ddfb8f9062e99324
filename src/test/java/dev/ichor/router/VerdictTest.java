package dev.ichor.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.RouterReport;
import dev.ichor.cluster.RouterReport.Answer;

import org.junit.jupiter.api.Test;

import java.util.List;

class VerdictTest {
    private static final Ip4 PC = Ip4.of("192.168.1.10");

    @Test
    void a_router_that_names_nothing_leaves_the_answer_to_us() {
        RouterReport report = verdict(heard("192.168.1.1", "192.168.1.1", "", ""));

        assertThat(report.verdict())
                .isEqualTo(
                        "The router says nothing about network boot; Ichor can answer beside it.");
        assertThat(report.advised()).isEqualTo(BootMode.PROXY);
        assertThat(report.good()).isTrue();
    }

    @Test
    void a_router_that_names_this_pc_is_used_so() {
        RouterReport report =
                verdict(heard("192.168.1.1", "192.168.1.10", "pxeboot", "192.168.1.10"));

        assertThat(report.verdict())
                .isEqualTo("The router sends machines to this PC (file pxeboot).");
        assertThat(report.advised()).isEqualTo(BootMode.ROUTER_TO_PC);
        assertThat(report.good()).isTrue();
    }

    @Test
    void a_router_that_names_another_server_is_in_the_way() {
        RouterReport report = verdict(heard("192.168.1.1", "192.168.1.77", "old.kpxe", ""));

        assertThat(report.verdict())
                .isEqualTo(
                        "The router already names another boot server, 192.168.1.77 (file"
                            + " old.kpxe), and machines obey it. Let it name this PC, or nobody.");
        assertThat(report.advised()).isEqualTo(BootMode.ROUTER_TO_PC);
        assertThat(report.good()).isFalse();
    }

    @Test
    void options_66_and_67_without_the_server_field_lead_to_the_router() {
        RouterReport report =
                verdict(heard("192.168.1.1", "192.168.1.1", "pxeboot", "192.168.1.10"));

        assertThat(report.verdict())
                .startsWith("The router names this PC in options 66 and 67 only");
        assertThat(report.good()).isFalse();
    }

    @Test
    void a_file_without_a_server_is_asked_of_the_router() {
        RouterReport report = verdict(heard("192.168.1.1", "0.0.0.0", "undionly.kpxe", ""));

        assertThat(report.verdict())
                .startsWith("The router names itself as boot server (file undionly.kpxe)");
        assertThat(report.good()).isFalse();
    }

    @Test
    void a_second_dhcp_server_is_named() {
        RouterReport report =
                verdict(
                        heard("192.168.1.1", "192.168.1.1", "", ""),
                        heard("192.168.1.20", "192.168.1.20", "", ""));

        assertThat(report.verdict())
                .endsWith("But there are several DHCP servers here: 192.168.1.1, 192.168.1.20.");
        assertThat(report.good()).isTrue();
    }

    @Test
    void another_proxy_is_in_the_way() {
        Heard proxy =
                new Heard(
                        new Answer(
                                Ip4.of("192.168.1.20"),
                                Ip4.NONE,
                                Ip4.of("192.168.1.20"),
                                "netboot.xyz.kpxe"),
                        "");

        RouterReport report = verdict(heard("192.168.1.1", "192.168.1.1", "", ""), proxy);

        assertThat(report.verdict())
                .isEqualTo(
                        "Another network boot server at 192.168.1.20 answers the machines, too."
                                + " Switch it off first.");
        assertThat(report.good()).isFalse();
    }

    @Test
    void silence_is_not_an_error() {
        assertThat(verdict().good()).isTrue();
        assertThat(verdict().advised()).isEqualTo(BootMode.PROXY);
    }

    private static RouterReport verdict(Heard... heard) {
        return Verdict.of(List.of(heard), PC);
    }

    private static Heard heard(String server, String next, String file, String tftpName) {
        return new Heard(
                new Answer(Ip4.of(server), Ip4.of("192.168.1.150"), Ip4.of(next), file), tftpName);
    }
}
