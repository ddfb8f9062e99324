package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// Against the vectors; they are compared byte for byte, which is more than Talos asks for.
class MachineConfigsTest {
    @ParameterizedTest
    @ValueSource(strings = {"basic-v1.9", "sans-v1.13"})
    void base_configs_are_the_bytes_that_talosctl_writes(String folder) {
        Vectors v = Vectors.of(folder);
        assertThat(MachineConfigs.base(v.input(), v.secrets(), Role.CONTROL_PLANE))
                .isEqualTo(v.text("controlplane.yaml"));
        assertThat(MachineConfigs.base(v.input(), v.secrets(), Role.WORKER))
                .isEqualTo(v.text("worker.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "basic-v1.9, thin-01, /dev/sda",
        "basic-v1.9, thin-02, /dev/sda",
        "sans-v1.13, cp-a, /dev/mmcblk0",
        "sans-v1.13, wk-a, /dev/nvme0n1"
    })
    void a_machine_gets_its_own_name_and_disk(String folder, String name, String disk) {
        Vectors v = Vectors.of(folder);
        Node node = node(name, Vectors.role(name), new InstallDisk.Device(disk));
        assertThat(MachineConfigs.node(v.input(), v.secrets(), node))
                .isEqualTo(v.text(name + ".yaml"));
    }

    @ParameterizedTest
    @CsvSource({"sans-v1.13, cp-a, CONTROL_PLANE", "sans-v1.13, wk-a, WORKER"})
    void a_config_to_look_at_is_the_same_but_for_the_secrets(
            String folder, String name, Role role) {
        Vectors v = Vectors.of(folder);
        Node node = node(name, role, new InstallDisk.Device("/dev/sda"));
        List<String> real = MachineConfigs.node(v.input(), v.secrets(), node).lines().toList();
        List<String> shown = MachineConfigs.shown(v.input(), node).lines().toList();

        assertThat(shown).hasSameSizeAs(real);
        for (int i = 0; i < real.size(); i++) {
            String mask = real.get(i).replaceFirst(": .*", ": " + MachineConfigs.MASK);
            assertThat(shown.get(i)).isIn(real.get(i), mask);
        }
        assertThat(real)
                .filteredOn(l -> l.matches(" *(token|crt|key|secret): .{20,}"))
                .isNotEmpty();
        assertThat(shown).noneMatch(l -> l.matches(" *(token|crt|key|secret): .{20,}"));
    }

    @Test
    void a_disk_is_chosen_by_its_size() {
        Vectors v = Vectors.of("selector-v1.11");
        Node node = node("node-x", Role.WORKER, new InstallDisk.Size(">= 8GB"));
        // The vector's patch names the type too, which is not a wish of ours yet.
        assertThat(MachineConfigs.node(v.input(), v.secrets(), node))
                .isEqualTo(v.text("node-x.yaml").replace("            type: ssd\n", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cp-1", "cp-2", "cp-3"})
    void three_control_planes_differ_in_their_names_only(String name) {
        Vectors v = Vectors.of("multicp-vip-v1.13");
        Node node = node(name, Role.CONTROL_PLANE, new InstallDisk.Device("/dev/sda"));
        String vip = "---\napiVersion: v1alpha1\nkind: Layer2VIPConfig\n";
        String expected = v.text(name + ".yaml");
        // The shared address is a patch, which is not a wish of ours yet.
        assertThat(MachineConfigs.node(v.input(), v.secrets(), node))
                .isEqualTo(expected.substring(0, expected.indexOf(vip)));
    }

    /// Every file of every vector, made the way the vector says: a base and patches.
    @ParameterizedTest
    @ValueSource(strings = {"basic-v1.9", "selector-v1.11", "sans-v1.13", "multicp-vip-v1.13"})
    void every_vector_is_met_byte_for_byte(String folder) throws Exception {
        Vectors v = Vectors.of(folder);
        Patches patches =
                new Patches(v.patches("patches"), v.patches("patchesControlPlane"), List.of());
        for (Role role : Role.values()) {
            String base = MachineConfigs.base(v.input(), v.secrets(), role);
            assertThat(patches.on(base, role, List.of()))
                    .isEqualTo(v.text(role.talosType() + ".yaml"));
        }
        for (var node : v.inputs().path("nodes")) {
            Role role =
                    node.path("role").asString("").equals("worker")
                            ? Role.WORKER
                            : Role.CONTROL_PLANE;
            String base = MachineConfigs.base(v.input(), v.secrets(), role);
            assertThat(patches.on(base, role, Vectors.patches(node.path("patches"))))
                    .isEqualTo(v.text(node.path("name").asString("") + ".yaml"));
        }
    }

    @Test
    void a_worker_gets_no_authority_s_key() {
        Vectors v = Vectors.of("basic-v1.9");
        Secrets s = v.secrets();
        String worker = MachineConfigs.base(v.input(), s, Role.WORKER);
        for (String key :
                new String[] {
                    s.talos().key(),
                    s.kubernetes().key(),
                    s.etcd().key(),
                    s.aggregator().key(),
                    s.serviceAccount()
                }) {
            assertThat(worker).doesNotContain(Pem.base64(key));
        }
        assertThat(worker).doesNotContain(s.secretbox());
    }

    @Test
    void control_planes_without_workers_do_the_work_too() {
        Draft one =
                Draft.empty()
                        .reachedAt("https://192.168.1.20:6443")
                        .assign(Mac.of("4c:52:62:08:a3:ce"), wish(Role.CONTROL_PLANE, "cp"));
        Draft two = one.assign(Mac.of("4c:52:62:08:a3:cf"), wish(Role.WORKER, "w"));
        assertThat(MachineConfigs.of(one.plan()).workOnControlPlanes()).isTrue();
        assertThat(MachineConfigs.of(two.plan()).workOnControlPlanes()).isFalse();
    }

    @Test
    void kernel_arguments_follow_the_release() {
        assertThat(String.join(" ", KernelArgs.of(Vectors.of("basic-v1.9").input().talos())))
                .isEqualTo(
                        "talos.platform=metal console=tty0 init_on_alloc=1 slab_nomerge pti=on"
                            + " consoleblank=0 nvme_core.io_timeout=4294967295 printk.devkmsg=on"
                            + " ima_template=ima-ng ima_appraise=fix ima_hash=sha512");
        assertThat(String.join(" ", KernelArgs.of(Vectors.of("sans-v1.13").input().talos())))
                .isEqualTo(
                        "talos.platform=metal console=tty0 init_on_alloc=1 slab_nomerge pti=on"
                            + " consoleblank=0 nvme_core.io_timeout=4294967295 printk.devkmsg=on"
                            + " selinux=1 module.sig_enforce=1 proc_mem.force_override=never");
    }

    private static Draft.Wish wish(Role role, String name) {
        return new Draft.Wish(role, name, new InstallDisk.Device("/dev/sda"), Life.ALWAYS_NETBOOT);
    }

    private static Node node(String name, Role role, InstallDisk disk) {
        Machine machine = Machine.of(Mac.of("4c:52:62:08:a3:ce"));
        return new Node(machine, name, role, disk, Life.ALWAYS_NETBOOT);
    }
}
