package dev.ichor.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PcNetwork.Profile;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.PortOwner.Transport;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.RouterReport;
import dev.ichor.cluster.Subnet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands in the way on this PC before anything is served.
class HostRulesTest {
    private static final Instant T = Instant.parse("2026-11-25T09:00:00Z");
    private static final Ip4 PC = Ip4.of("192.168.1.10");
    private static final Adapter CABLE = adapter("eth0", "192.168.1.10/24", "leaving");
    private static final Adapter WIFI = adapter("wlan0", "192.168.1.11/24", "wireless");
    private static final Adapter VPN = adapter("tun0", "10.8.0.2/24", "virtual");

    private static Adapter adapter(String id, String net, String kind) {
        return new Adapter(
                id,
                id,
                Subnet.parse(net).orElseThrow(),
                kind.equals("virtual"),
                1,
                kind.equals("wireless"),
                kind.equals("leaving"));
    }

    private final List<PortOwner> listeners = new ArrayList<>();
    private List<Adapter> adapters = List.of(CABLE, VPN);
    private Adapter chosen = CABLE;
    private PcNetwork network = PcNetwork.OPEN;
    private HostFacts.Around around = HostFacts.Around.FINE;
    private RouterReport router = new RouterReport(List.of(), "fine", BootMode.PROXY, true);

    private List<String> texts() {
        HostFacts facts =
                new HostFacts(
                        T,
                        List.of(
                                new HostFacts.Port(Transport.UDP, 67, "DHCP"),
                                new HostFacts.Port(Transport.UDP, 4011, "PXE"),
                                new HostFacts.Port(Transport.UDP, 69, "TFTP"),
                                new HostFacts.Port(Transport.TCP, 8080, "HTTP")),
                        listeners,
                        adapters,
                        chosen,
                        network,
                        router,
                        around);
        return HostRules.findings(facts).stream().map(f -> f.cause() + ": " + f).toList();
    }

    private void listens(Transport transport, int port, String program, String... services) {
        listeners.add(new PortOwner(transport, port, Ip4.NONE, 2464, program, List.of(services)));
    }

    @Test
    void nothing_is_wrong_with_a_good_pc() {
        listens(Transport.UDP, 68, "NetworkManager");
        listens(Transport.TCP, 67, "strange");
        assertThat(texts()).isEmpty();
    }

    @Test
    void who_has_a_port_is_named_with_what_to_do() {
        listens(Transport.UDP, 67, "svchost.exe", "Dhcp", "SharedAccess");
        listens(Transport.UDP, 69, "Tftpd64.exe");
        assertThat(texts())
                .containsExactly(
                        "PORT_TAKEN: DHCP needs UDP port 67, which is taken. (Internet Connection"
                            + " Sharing of Windows (SharedAccess) (process 2464) has it.) Switch"
                            + " sharing off in the properties of the network adapter, or stop the"
                            + " service as administrator: net stop SharedAccess",
                        "PORT_TAKEN: TFTP needs UDP port 69, which is taken. (Tftpd64 (process"
                                + " 2464) has it.) Close it: Ichor does what it does.");
    }

    @Test
    void the_usual_owners_are_known_by_name() {
        Map<PortOwner, String> known =
                Map.of(
                        owner("vmms.exe"), "Hyper-V",
                        owner("svchost.exe", "hns"), "Hyper-V's network (HNS)",
                        owner("svchost.exe", "WDSServer"), "Windows Deployment Services (WDS)",
                        owner("svchost.exe", "Foo", "Bar"), "the Windows service Foo, Bar",
                        owner("tftpd32_svc.exe"), "Tftpd64",
                        owner("dnsmasq"), "dnsmasq",
                        owner("in.tftpd"), "the TFTP server of this system",
                        owner(PortOwner.ICHOR), "another Ichor",
                        owner("nginx"), "nginx",
                        owner(""), "another program");
        known.forEach((o, name) -> assertThat(Program.of(o).name()).isEqualTo(name));
    }

    private static PortOwner owner(String program, String... services) {
        return new PortOwner(Transport.UDP, 67, Ip4.NONE, 7, program, List.of(services));
    }

    @Test
    void a_server_of_ours_that_runs_is_no_finding_but_is_named_when_a_second_begins() {
        listens(Transport.UDP, 67, PortOwner.ICHOR);
        assertThat(texts()).isEmpty();
        HostFacts.Port port = new HostFacts.Port(Transport.UDP, 67, "DHCP");
        assertThat(HostRules.taken("It cannot open UDP port 67.", port, listeners, PC))
                .contains(
                        new Problem(
                                "It cannot open UDP port 67.",
                                "Another Ichor (process 2464) has it.",
                                "Close the other window, or stop its serve command."));
    }

    @Test
    void a_port_on_another_address_is_not_in_the_way() {
        Ip4 virtual = Ip4.of("192.168.122.1");
        listeners.add(new PortOwner(Transport.UDP, 67, virtual, 9, "dnsmasq", List.of()));
        assertThat(texts()).isEmpty();
    }

    private static PcNetwork firewall(Profile at, PcNetwork.Rule... rules) {
        return new PcNetwork(
                List.of(), Map.of(PC, at), Set.of(Profile.values()), List.of(rules), "netsh …");
    }

    private static PcNetwork.Rule rule(boolean allows, Profile at) {
        return new PcNetwork.Rule(allows, Set.of(at), Set.of(Transport.values()));
    }

    @Test
    void a_firewall_without_a_rule_for_this_kind_of_network_is_told_with_the_commands() {
        network = firewall(Profile.PUBLIC, rule(true, Profile.PRIVATE));
        assertThat(texts())
                .containsExactly(
                        "FIREWALL: The firewall of this PC lets no machine in to Ichor. (no rule"
                                + " lets Ichor in on a network that Windows calls public) If this"
                                + " network is yours, call it private in Windows' settings, and let"
                                + " Ichor in. As administrator:\n"
                                + "netsh …");
        network = firewall(Profile.PRIVATE, rule(true, Profile.PRIVATE));
        assertThat(texts()).isEmpty();
    }

    @Test
    void a_rule_that_windows_made_when_its_question_was_closed_blocks() {
        network =
                firewall(
                        Profile.PRIVATE, rule(true, Profile.PRIVATE), rule(false, Profile.PRIVATE));
        assertThat(texts().getFirst())
                .startsWith("FIREWALL: ")
                .contains("a rule blocks Ichor on a network that Windows calls private");
    }

    @Test
    void a_vpn_and_wifi_beside_a_cable_are_told() {
        chosen = VPN;
        assertThat(texts())
                .containsExactly(
                        "ADAPTER: The chosen network looks like a VPN or a virtual one; no machine"
                                + " is on it. (tun0) Choose the home network instead: eth0.");
        adapters = List.of(CABLE, WIFI);
        chosen = WIFI;
        assertThat(texts())
                .containsExactly(
                        "ADAPTER: Wi-Fi is chosen, and this PC has a cable, too. (wlan0) Choose the"
                                + " cable: eth0. Over Wi-Fi Talos loads slowly.");
        adapters = List.of(WIFI);
        assertThat(texts()).isEmpty();
    }

    @Test
    void several_networks_are_told_when_the_chosen_one_leads_nowhere() {
        chosen = adapter("eth1", "10.0.0.1/24", "");
        adapters = List.of(CABLE, chosen);
        assertThat(texts().getFirst())
                .startsWith("ADAPTER: This PC is on several networks, and the chosen one does not");
    }

    @Test
    void another_server_is_told_with_the_verdict_of_the_router_probe() {
        router = new RouterReport(List.of(), "Another boot server.", BootMode.PROXY, false);
        assertThat(texts().getFirst()).startsWith("SECOND_SERVER: Another boot server.");
        List<RouterReport.Answer> two = List.of(answer("192.168.1.1"), answer("192.168.1.99"));
        router = new RouterReport(two, "Several.", BootMode.PROXY, true);
        assertThat(texts().getFirst()).contains("(2 DHCP servers answered)");
    }

    private static RouterReport.Answer answer(String server) {
        return new RouterReport.Answer(Ip4.of(server), PC, Ip4.NONE, "");
    }

    @Test
    void clock_disk_router_nas_and_loaders_are_told_the_worst_first() {
        around =
                new HostFacts.Around(
                        Ip4.of("192.168.1.1"),
                        "nas.local:22",
                        Duration.ofHours(-3),
                        List.of(new HostFacts.Room("Talos", "/home", 10L << 20, 500L << 20)),
                        new Problem("There is no boot loader.", "It is a package.", "Install it."));
        assertThat(texts())
                .containsExactly(
                        "ROUTER_SILENT: The router does not answer this PC. (192.168.1.1 is not"
                                + " reached) Check the cable, and that the chosen network is the"
                                + " home network.",
                        "NO_LOADERS: There is no boot loader. (It is a package.) Install it.",
                        "PC_CLOCK: This PC's clock is wrong: machines would not accept the"
                                + " certificates it makes. (3 hours behind) Set it by the internet:"
                                + " Windows' settings, Time and language; or sudo timedatectl"
                                + " set-ntp true.",
                        "PC_DISK: There is little room left for Talos. (10 MiB free at /home) Make"
                                + " room: 500 MiB are needed.",
                        "NAS_SILENT: The NAS does not answer. (nas.local:22 cannot be opened)"
                                + " Switch it on, and check its address and that its service is on"
                                + " (step 6). Booting from this PC works without it.");
        around = new HostFacts.Around(null, "", Duration.ofSeconds(59), List.of(), null);
        assertThat(texts()).isEmpty();
    }
}
