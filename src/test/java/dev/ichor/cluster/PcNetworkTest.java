package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.PcNetwork.Profile;
import dev.ichor.cluster.PcNetwork.Rule;
import dev.ichor.cluster.PortOwner.Transport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class PcNetworkTest {
    private static final Ip4 HOME = Ip4.of("192.168.1.10");
    private static final Ip4 OTHER = Ip4.of("192.168.1.11");

    private static PcNetwork with(Rule... rules) {
        return new PcNetwork(
                List.of(),
                Map.of(HOME, Profile.PRIVATE, OTHER, Profile.PUBLIC),
                Set.of(Profile.PRIVATE),
                List.of(rules),
                "");
    }

    private static Rule rule(boolean allows, Transport... transports) {
        return new Rule(allows, Set.of(Profile.PRIVATE), Set.of(transports));
    }

    @Test
    void only_a_network_whose_firewall_is_on_is_guarded() {
        assertThat(with().guard(HOME)).contains(Profile.PRIVATE);
        assertThat(with().guard(OTHER)).isEmpty();
        assertThat(with().guard(Ip4.NONE)).isEmpty();
    }

    @Test
    void a_program_is_let_in_when_rules_allow_both_udp_and_tcp() {
        Rule udp = rule(true, Transport.UDP);
        Rule tcp = rule(true, Transport.TCP);
        assertThat(with(udp, tcp).admits(Profile.PRIVATE)).isTrue();
        assertThat(with(rule(true, Transport.UDP, Transport.TCP)).admits(Profile.PRIVATE)).isTrue();
        assertThat(with(udp).admits(Profile.PRIVATE)).isFalse();
        assertThat(with(udp, tcp).admits(Profile.PUBLIC)).isFalse();
        assertThat(with(udp, rule(false, Transport.TCP)).admits(Profile.PRIVATE)).isFalse();
    }

    @Test
    void a_rule_blocks_in_its_own_networks() {
        PcNetwork blocked = with(rule(false, Transport.UDP));
        assertThat(blocked.blocks(Profile.PRIVATE)).isTrue();
        assertThat(blocked.blocks(Profile.PUBLIC)).isFalse();
        assertThat(with(rule(true, Transport.UDP)).blocks(Profile.PRIVATE)).isFalse();
    }

    @Test
    void who_has_a_port_keeps_it_from_others_at_that_address_or_at_all() {
        PortOwner one = new PortOwner(Transport.UDP, 69, HOME, 7, "tftpd", List.of());
        assertThat(one.keeps(Transport.UDP, 69, HOME)).isTrue();
        assertThat(one.keeps(Transport.UDP, 69, Ip4.NONE)).isTrue();
        assertThat(one.keeps(Transport.UDP, 69, OTHER)).isFalse();
        assertThat(one.keeps(Transport.TCP, 69, HOME)).isFalse();
        assertThat(one.keeps(Transport.UDP, 67, HOME)).isFalse();
        PortOwner all = new PortOwner(Transport.UDP, 69, Ip4.NONE, 7, "tftpd", List.of());
        assertThat(all.keeps(Transport.UDP, 69, OTHER)).isTrue();
    }
}
