package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.BootFiles;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Origin;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.Schematic;
import dev.ichor.cluster.TalosVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class AssembleTest {
    private static final URI PC = URI.create("http://192.168.1.10:8080");
    private static final URI NAS = URI.create("http://192.168.1.20:8080");

    @TempDir private Path dir;

    private BootTree tree(URI base) throws Exception {
        return tree(base, new Image.Release());
    }

    private BootTree tree(URI base, Image image) throws Exception {
        ClusterPlan plan =
                Draft.empty()
                        .versions("v1.9.5", "1.32.0")
                        .reachedAt("https://192.168.1.50:6443")
                        .assign(
                                Mac.of("4c:52:62:08:a3:ce"),
                                new Draft.Wish(
                                        Role.CONTROL_PLANE,
                                        "control-1",
                                        new InstallDisk.Device("/dev/sda"),
                                        Life.ALWAYS_NETBOOT))
                        .plan();
        Path kernel = Files.writeString(dir.resolve("k"), "kernel");
        Path initramfs = Files.writeString(dir.resolve("i"), "initramfs");
        BootFiles files = new BootFiles(kernel, initramfs, 15, Origin.PINNED);
        return Assemble.tree(
                plan,
                new Fetched(
                        TalosVersion.of("v1.9.5"), image, new TreeMap<>(Map.of(Arch.AMD64, files))),
                base,
                PC);
    }

    private static String text(BootTree tree, String path) throws Exception {
        return ((Content.Text) tree.get(path).orElseThrow()).text();
    }

    @Test
    void a_plan_becomes_a_group_and_a_profile_a_machine_and_no_secret() throws Exception {
        BootTree tree = tree(PC);
        assertThat(tree.list(""))
                .containsExactly(
                        "assets/talos/v1.9.5/initramfs-amd64.xz",
                        "assets/talos/v1.9.5/vmlinuz-amd64",
                        "groups/control-1.json",
                        "profiles/control-1.json");
        assertThat(text(tree, "groups/control-1.json"))
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "id" : "control-1",
                          "name" : "control-1",
                          "profile" : "control-1",
                          "selector" : {
                            "mac" : "4c:52:62:08:a3:ce"
                          }
                        }
                        """);
        assertThat(text(tree, "profiles/control-1.json"))
                .contains(
                        "\"kernel\" :"
                                + " \"http://192.168.1.10:8080/assets/talos/v1.9.5/vmlinuz-amd64\"",
                        "--name initrd"
                            + " http://192.168.1.10:8080/assets/talos/v1.9.5/initramfs-amd64.xz",
                        "\"initrd=initrd\"",
                        "\"talos.platform=metal\"",
                        "\"talos.config=http://192.168.1.10:8080/generic?mac=4c:52:62:08:a3:ce\"")
                .doesNotContain("halt_if_installed", "wipe");
    }

    /// The installed system gets them from the installer image; what boots from the network would
    /// lack them.
    @Test
    void a_schematic_s_kernel_arguments_are_the_network_boot_s_too() throws Exception {
        Image image = new Image.Factory(new Schematic(List.of(), List.of("pcie_aspm=off")));
        assertThat(text(tree(PC, image), "profiles/control-1.json"))
                .contains("\"pcie_aspm=off\", \"talos.config=");
    }

    @Test
    void the_nas_gets_the_same_tree_with_its_own_base_and_this_pcs_gate() throws Exception {
        String pc = text(tree(PC), "profiles/control-1.json");
        String nas = text(tree(NAS), "profiles/control-1.json");
        assertThat(nas)
                .contains("talos.config=" + PC)
                .isEqualTo(pc.replace(PC + "/assets", NAS + "/assets"));
    }

    @Test
    void on_a_nas_a_machine_that_is_not_in_the_plan_gets_a_page_and_no_way_to_a_config()
            throws Exception {
        BootTree tree = tree(NAS);
        assertThat(text(tree, "groups/unknown_machine.json")).doesNotContain("selector");
        assertThat(text(tree, "profiles/unknown_machine.json"))
                .contains("\"kernel\" : \"http://192.168.1.20:8080/assets/unknown.ipxe\"")
                .doesNotContain("generic", "talos.config", "ignition", "cloud");
        assertThat(text(tree, "assets/unknown.ipxe"))
                .startsWith("#!ipxe\n")
                .contains("This machine is not in the plan of Ichor")
                .doesNotContain("talos.config");
    }
}
