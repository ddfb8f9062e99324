package dev.ichor.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PcNetwork.Profile;
import dev.ichor.cluster.PcNetwork.Rule;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.PortOwner.Transport;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What Windows' programs print, on a German system too, to records.
class WindowsTextTest {
    private static final Ip4 PC = Ip4.of("192.168.1.10");

    @Test
    void netstat_and_tasklist_name_who_listens_in_any_language() {
        String netstat =
                """

                Aktive Verbindungen

                  Proto  Lokale Adresse         Remoteadresse          Status           PID
                  TCP    0.0.0.0:8080           0.0.0.0:0              ABHÖREN          5120
                  TCP    192.168.1.10:50512     140.82.121.4:443       HERGESTELLT      900
                  TCP    [::]:445               [::]:0                 ABHÖREN          4
                  UDP    0.0.0.0:67             *:*                                    2464
                  UDP    192.168.1.10:69        *:*                                    7012
                  UDP    [fe80::1%4]:546        *:*                                    1200
                """;
        String tasklist =
                """
                "System","4","Nicht zutreffend"
                "svchost.exe","2464","Dhcp,SharedAccess"
                "tftpd64.exe","7012","Nicht zutreffend"
                "ichor-cli.exe","5120","Nicht zutreffend"
                """;

        List<String> none = List.of("Nicht zutreffend");
        assertThat(WindowsText.listeners(netstat, WindowsText.tasks(tasklist)))
                .containsExactly(
                        new PortOwner(Transport.TCP, 8080, Ip4.NONE, 5120, PortOwner.ICHOR, none),
                        new PortOwner(Transport.TCP, 445, Ip4.NONE, 4, "System", none),
                        new PortOwner(
                                Transport.UDP,
                                67,
                                Ip4.NONE,
                                2464,
                                "svchost.exe",
                                List.of("Dhcp", "SharedAccess")),
                        new PortOwner(Transport.UDP, 69, PC, 7012, "tftpd64.exe", none));
    }

    @Test
    void the_firewall_is_read_from_lines_of_our_own() {
        String said =
                """
                gateway|192.168.1.1
                network|192.168.1.10|Public
                network|fe80::1|Public
                network|10.0.0.2|DomainAuthenticated
                profile|Domain|True
                profile|Private|False
                profile|Public|True
                rule|Allow|Private, Domain|UDP
                rule|Allow|Any|TCP
                rule|Block|Public|UDP
                """;

        assertThat(WindowsText.gateways(said)).containsExactly(Ip4.of("192.168.1.1"));
        assertThat(WindowsText.profiles(said))
                .isEqualTo(Map.of(PC, Profile.PUBLIC, Ip4.of("10.0.0.2"), Profile.DOMAIN));
        assertThat(WindowsText.guarded(said))
                .containsExactlyInAnyOrder(Profile.DOMAIN, Profile.PUBLIC);
        assertThat(WindowsText.rules(said))
                .containsExactly(
                        new Rule(
                                true,
                                Set.of(Profile.PRIVATE, Profile.DOMAIN),
                                Set.of(Transport.UDP)),
                        new Rule(true, Set.of(Profile.values()), Set.of(Transport.TCP)),
                        new Rule(false, Set.of(Profile.PUBLIC), Set.of(Transport.UDP)));
    }

    @Test
    void garbage_and_cut_texts_are_nothing() {
        for (String odd :
                List.of(
                        "",
                        "\0",
                        "UDP",
                        "UDP x *:* 1",
                        "UDP 1.2.3.4:99999999 *:* 1",
                        "\"a\",\"b")) {
            assertThat(WindowsText.listeners(odd, WindowsText.tasks(odd))).as(odd).isEmpty();
        }
        assertThat(WindowsText.rules("rule|Allow\nrule|||\n"))
                .containsExactly(new Rule(false, Set.of(), Set.of()));
        assertThat(WindowsText.profiles("network|x|Public\nnetwork|1.2.3.4|Martian")).isEmpty();
    }

    @Test
    void the_cure_is_shown_as_commands_and_run_as_administrator() {
        String program = "C:\\Program Files\\Tom's $tuff\\ichor.exe";

        assertThat(FirewallCure.commands(program))
                .containsExactly(
                        "netsh advfirewall firewall delete rule name=all dir=in program=\""
                                + program
                                + "\"",
                        "netsh advfirewall firewall add rule name=\"Ichor\" dir=in action=allow"
                                + " enable=yes profile=any program=\""
                                + program
                                + "\" protocol=UDP localport=67,69,4011 remoteip=localsubnet"
                                + " edge=no",
                        "netsh advfirewall firewall add rule name=\"Ichor\" dir=in action=allow"
                                + " enable=yes profile=any program=\""
                                + program
                                + "\" protocol=TCP localport=8080,19500-19700 remoteip=localsubnet"
                                + " edge=no");
        String outer = decoded(FirewallCure.elevated(program).getLast());
        assertThat(outer).contains("-Verb RunAs");
        assertThat(decoded(outer.replaceAll(".*'-EncodedCommand','([^']*)'.*", "$1")))
                .contains("program='C:\\Program Files\\Tom''s $tuff\\ichor.exe' protocol=UDP")
                .endsWith("; exit $LASTEXITCODE");
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_16LE);
    }

    @Test
    void a_rule_that_blocks_wins_and_both_transports_have_to_be_let_in() {
        Rule udp = new Rule(true, Set.of(Profile.PRIVATE), Set.of(Transport.UDP));
        Rule all = new Rule(true, Set.of(Profile.PRIVATE), Set.of(Transport.values()));
        Rule block = new Rule(false, Set.of(Profile.PRIVATE), Set.of(Transport.UDP));
        assertThat(net(udp).admits(Profile.PRIVATE)).isFalse();
        assertThat(net(all).admits(Profile.PRIVATE)).isTrue();
        assertThat(net(all).admits(Profile.PUBLIC)).isFalse();
        assertThat(net(all, block).blocks(Profile.PRIVATE)).isTrue();
        assertThat(net(all).guard(PC)).contains(Profile.PRIVATE);
        assertThat(net(all).guard(Ip4.of("192.168.1.11"))).isEmpty();
    }

    private static PcNetwork net(Rule... rules) {
        return new PcNetwork(
                List.of(),
                Map.of(PC, Profile.PRIVATE),
                Set.of(Profile.PRIVATE),
                List.of(rules),
                "");
    }
}
