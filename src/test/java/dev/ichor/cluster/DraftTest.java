package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.URI;

class DraftTest {
    private static final Mac CONTROL = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac WORKER = Mac.of("4c:52:62:0b:10:25");

    private static Draft.Wish wish(Role role, String name) {
        return new Draft.Wish(role, name, new InstallDisk.Device("/dev/sda"), Life.ALWAYS_NETBOOT);
    }

    private static Draft good() {
        Machine seen =
                new Machine(CONTROL, Ip4.of("192.168.1.50"), "Fujitsu", "", Firmware.BIOS, true);
        return Draft.empty()
                .found(seen)
                .assign(CONTROL, wish(Role.CONTROL_PLANE, "control-1"))
                .assign(WORKER, wish(Role.WORKER, "worker-1"));
    }

    @Test
    void a_draft_without_gaps_is_a_plan() {
        ClusterPlan plan = good().plan();
        assertThat(plan.endpoint()).isEqualTo(URI.create("https://192.168.1.50:6443"));
        assertThat(plan.nodes())
                .extracting(Node::hostname)
                .containsExactly("control-1", "worker-1");
        assertThat(plan.installerImage()).isEqualTo("ghcr.io/siderolabs/installer:v1.13.9");
    }

    @Test
    void all_problems_are_told_at_once_and_in_words() {
        Draft d =
                Draft.empty()
                        .named("Home Lab")
                        .versions("v1.9.5", "1.36.0")
                        .assign(CONTROL, wish(Role.WORKER, "a"))
                        .assign(WORKER, wish(Role.WORKER, "a"));
        assertThat(d.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "The cluster's name \"Home Lab\" cannot be used.",
                        "Kubernetes 1.36.0 does not fit Talos v1.9.5.",
                        "No machine is a control plane yet.",
                        "Two machines are called a.");
        assertThatThrownBy(d::plan).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_control_plane_that_never_showed_an_address_needs_a_typed_endpoint() {
        Draft d = Draft.empty().assign(CONTROL, wish(Role.CONTROL_PLANE, "control-1"));
        assertThat(d.problems())
                .extracting(Problem::what)
                .containsExactly("The cluster's address is not known.");
        assertThat(d.reachedAt("https://kube.lan:6443").problems()).isEmpty();
        assertThat(d.reachedAt("kube.lan").problems())
                .extracting(Problem::what)
                .containsExactly("The endpoint \"kube.lan\" is not an address.");
    }

    @Test
    void a_second_sighting_adds_to_the_first() {
        Machine heard = new Machine(CONTROL, null, "Fujitsu", "", Firmware.BIOS, true);
        Machine swept =
                new Machine(CONTROL, Ip4.of("192.168.1.50"), "", "", Firmware.UNKNOWN, false);
        assertThat(Draft.empty().found(heard).found(swept).machine(CONTROL))
                .isEqualTo(
                        new Machine(
                                CONTROL,
                                Ip4.of("192.168.1.50"),
                                "Fujitsu",
                                "",
                                Firmware.BIOS,
                                true));
    }
}
