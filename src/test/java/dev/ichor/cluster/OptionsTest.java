package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Home-lab traps that Talos itself takes without a word.
class OptionsTest {
    private static final Mac[] MACS = {
        Mac.of("4c:52:62:08:a3:01"), Mac.of("4c:52:62:08:a3:02"), Mac.of("4c:52:62:08:a3:03")
    };

    private static Draft.Wish wish(Role role, String name) {
        return new Draft.Wish(role, name, new InstallDisk.Device("/dev/sda"), Life.DISK_FIRST);
    }

    private static FixedAddress fixed(String address, int prefix, String gateway) {
        return new FixedAddress(Ip4.of(address), prefix, Ip4.of(gateway), List.of());
    }

    /// One control plane at 192.168.1.20.
    private static Draft good() {
        return Draft.empty()
                .reachedAt("https://192.168.1.20:6443")
                .assign(
                        MACS[0],
                        wish(Role.CONTROL_PLANE, "cp-1")
                                .at(fixed("192.168.1.20", 24, "192.168.1.1")));
    }

    private static List<String> problems(Draft d) {
        return d.problems().stream().map(Problem::what).toList();
    }

    private static List<String> warnings(Draft d) {
        return d.warnings().stream().map(Problem::what).toList();
    }

    @Test
    void a_good_draft_has_neither() {
        assertThat(problems(good())).isEmpty();
        assertThat(warnings(good())).isEmpty();
    }

    @Test
    void two_control_planes_are_warned_of() {
        Draft two = good().assign(MACS[1], wish(Role.CONTROL_PLANE, "cp-2"));
        assertThat(warnings(two)).containsExactly("2 control planes are no safer than 1.");
        assertThat(warnings(two.assign(MACS[2], wish(Role.CONTROL_PLANE, "cp-3")))).isEmpty();
    }

    @Test
    void an_endpoint_that_no_control_plane_has_is_warned_of() {
        Draft other = good().reachedAt("https://192.168.1.99:6443");
        assertThat(other.warnings())
                .containsExactly(
                        new Problem(
                                "The endpoint https://192.168.1.99:6443 is no control plane's"
                                        + " address.",
                                "The control planes have 192.168.1.20.",
                                "Take one of them, or set a shared address (VIP) for them."));
        ClusterOptions vip =
                new ClusterOptions(Ip4.of("192.168.1.99"), List.of(), List.of(), List.of());
        assertThat(warnings(other.with(vip))).isEmpty();
        assertThat(warnings(good().reachedAt("https://kube.lan:6443"))).isEmpty();
    }

    @Test
    void a_disk_below_ten_gib_is_warned_of() {
        Draft.Wish cp = wish(Role.CONTROL_PLANE, "cp-1");
        Draft small = good().reachedAt("").assign(MACS[0], cp.on(new InstallDisk.Size("<= 8GB")));
        assertThat(warnings(small)).containsExactly("The disk of cp-1 may be smaller than 10 GiB.");
        Draft large = small.assign(MACS[0], cp.on(new InstallDisk.Size(">= 16GB")));
        assertThat(warnings(large)).isEmpty();
    }

    @Test
    void an_address_outside_the_network_or_given_twice_is_a_problem() {
        Draft.Wish worker = wish(Role.WORKER, "wk-1");
        assertThat(
                        problems(
                                good().assign(
                                                MACS[1],
                                                worker.at(fixed("10.0.0.5", 24, "192.168.1.1")))))
                .containsExactly("The address 10.0.0.5/24 of wk-1 is outside the network.");
        assertThat(
                        problems(
                                good().assign(
                                                MACS[1],
                                                worker.at(
                                                        fixed("192.168.1.20", 24, "192.168.1.1")))))
                .containsExactly("The address 192.168.1.20 is given twice.");
        assertThat(
                        problems(
                                good().assign(
                                                MACS[1],
                                                worker.at(
                                                        fixed(
                                                                "192.168.1.255",
                                                                24,
                                                                "192.168.1.1")))))
                .containsExactly("192.168.1.255 cannot be the address of wk-1.");
        ClusterOptions vip =
                new ClusterOptions(Ip4.of("192.168.1.20"), List.of(), List.of(), List.of());
        assertThat(problems(good().with(vip)))
                .containsExactly("The address 192.168.1.20 is given twice.");
    }

    @Test
    void nonsense_that_talos_takes_is_a_problem() {
        ClusterOptions options =
                new ClusterOptions(
                        null,
                        List.of("time lan"),
                        List.of(new ClusterOptions.Mirror("docker.io", List.of("mirror.lan"))),
                        List.of("kube lan", "kube.lan", "::1", "10.0.0.1"));
        assertThat(problems(good().with(options)))
                .containsExactly(
                        "\"kube lan\" is no name or address of the APIs.",
                        "\"time lan\" is no time server.",
                        "The mirror \"mirror.lan\" is no URL.");
    }
}
