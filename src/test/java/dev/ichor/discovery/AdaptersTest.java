package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Subnet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

class AdaptersTest {
    @Test
    void
            a_wired_home_network_comes_before_wireless_a_hypervisor_and_a_vpn_with_the_default_route() {
        Ip4 vpn = Ip4.of("10.8.0.2");
        List<Adapter> best =
                Stream.of(
                                judge("tun0", "tun0", "10.8.0.2/24", vpn),
                                judge("eth7", "vEthernet (Default Switch)", "172.20.0.1/20", vpn),
                                judge("wlp2s0", "wlp2s0", "192.168.1.11/24", vpn),
                                judge("eth3", "Intel(R) Ethernet I219-V", "192.168.1.10/24", vpn))
                        .sorted(Comparator.comparingInt(Adapter::score).reversed())
                        .toList();

        assertThat(best).extracting(Adapter::id).containsExactly("eth3", "wlp2s0", "tun0", "eth7");
        assertThat(best).extracting(Adapter::virtual).containsExactly(false, false, true, true);
        assertThat(best.getFirst().label()).isEqualTo("Intel(R) Ethernet I219-V (192.168.1.10/24)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vEthernet (WSL (Hyper-V firewall))",
                "Hyper-V Virtual Ethernet Adapter",
                "VirtualBox Host-Only Ethernet Adapter",
                "VMware Virtual Ethernet Adapter for VMnet8",
                "TAP-Windows Adapter V9",
                "Wintun Userspace Tunnel",
                "WireGuard Tunnel",
                "Tailscale Tunnel",
                "Cisco AnyConnect Secure Mobility Client Connection",
                "PANGP Virtual Ethernet Adapter Secure",
                "Fortinet SSL VPN Virtual Ethernet Adapter",
                "NordLynx Tunnel",
                "WAN Miniport (IKEv2)",
                "Microsoft Wi-Fi Direct Virtual Adapter",
                "Bluetooth Device (Personal Area Network)",
                "docker0",
                "br-1f2e3d4c5b6a",
                "wg0",
                "ppp0"
            })
    void vpns_and_hypervisors_come_last(String words) {
        assertThat(judge("eth9", words, "192.168.1.12/24", Ip4.NONE).virtual()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Intel(R) Ethernet Connection (17) I219-V",
                "Realtek PCIe GbE Family Controller",
                "eno1",
                "br0",
                "bond0",
                "eno1.20",
                "vlan20",
                "Intel(R) Ethernet I219-V - VLAN : VLAN20"
            })
    void real_ones_do_not(String words) {
        assertThat(judge("eth9", words, "192.168.1.12/24", Ip4.NONE).virtual()).isFalse();
    }

    @Test
    void the_default_route_decides_between_two_real_ones() {
        Ip4 home = Ip4.of("192.168.1.10");

        assertThat(judge("eth0", "eth0", "192.168.1.10/24", home).score())
                .isGreaterThan(judge("eth1", "eth1", "192.168.7.10/24", home).score());
    }

    @Test
    void this_machines_list_has_no_loopback_and_is_sorted() throws Exception {
        List<Adapter> all = Adapters.list();

        assertThat(all).noneMatch(a -> a.address().toString().startsWith("127."));
        assertThat(all).isSortedAccordingTo(Comparator.comparingInt(Adapter::score).reversed());
    }

    private static Adapter judge(String id, String words, String net, Ip4 leaving) {
        return Adapters.judge(id, words, Subnet.parse(net).orElseThrow(), false, leaving);
    }
}
