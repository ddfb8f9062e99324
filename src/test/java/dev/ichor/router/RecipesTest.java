package dev.ichor.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecipesTest {
    @Test
    void every_router_has_its_own_words_for_server_and_file() {
        assertThat(Recipes.of(new Change.Boot(true, "192.168.1.10", "pxeboot")))
                .contains(
                        "UniFi: Settings, Networks, your network, DHCP options: Network Boot on,"
                                + " first field 192.168.1.10, file name pxeboot, TFTP Server"
                                + " 192.168.1.10",
                        "OpenWrt: uci set dhcp.@dnsmasq[0].dhcp_boot='pxeboot,,192.168.1.10'"
                                + " && uci commit dhcp && service dnsmasq restart",
                        "MikroTik: /ip dhcp-server network set [find] next-server=192.168.1.10"
                                + " boot-file-name=pxeboot",
                        "dnsmasq: dhcp-boot=pxeboot,,192.168.1.10",
                        "ISC dhcpd: next-server 192.168.1.10; filename \"pxeboot\";",
                        "Kea: \"next-server\": \"192.168.1.10\", \"boot-file-name\": \"pxeboot\"");
    }

    @Test
    void where_nothing_is_to_be_entered_there_is_none() {
        assertThat(Recipes.of(Change.Boot.OFF)).isEmpty();
    }
}
