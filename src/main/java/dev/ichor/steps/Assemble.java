package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.BootFiles;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Node;
import dev.ichor.talos.KernelArgs;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// From a plan to the tree in Matchbox's layout (Matchbox v0.11.0 `groups/`, `profiles/`,
/// `assets/`).
///
/// The tree holds no secret: configs are rendered when asked for. The PC's and the NAS's trees
/// differ in the base address alone.
public final class Assemble {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// Cannot be a host name, so no machine's group is called the same.
    private static final String UNKNOWN = "unknown_machine";

    private static final String UNKNOWN_PAGE = "assets/unknown.ipxe";
    private static final String PAGE =
            """
            #!ipxe
            echo
            echo This machine is not in the plan of Ichor, so there is nothing to boot for it:
            echo ${mac}  ${manufacturer} ${product}  serial ${serial}
            echo Give it a role in Ichor, then switch it on again.
            echo It goes on with its next boot device in 30 seconds.
            sleep 30
            exit 0
            """;

    private Assemble() {}

    /// The tree of a plan.
    ///
    /// @param base who serves the tree, for instance `http://192.168.1.20:8080`
    /// @param gate where machines ask for their config: always this PC
    /// @throws IOException when the downloaded files are gone
    public static BootTree tree(ClusterPlan plan, Fetched talos, URI base, URI gate)
            throws IOException {
        return tree(plan, talos, base, gate, n -> List.of());
    }

    /// The tree of a plan whose machines have more kernel arguments, each its own.
    ///
    /// @throws IOException when the downloaded files are gone
    public static BootTree tree(
            ClusterPlan plan, Fetched talos, URI base, URI gate, Function<Node, List<String>> more)
            throws IOException {
        Map<String, Content> files = new TreeMap<>();
        String assets = "assets/talos/" + talos.image().folder(talos.talos()) + "/";
        for (var family : talos.files().entrySet()) {
            BootFiles of = family.getValue();
            files.put(assets + kernel(family.getKey()), Content.File.at(of.kernel()));
            files.put(assets + initramfs(family.getKey()), Content.File.at(of.initramfs()));
        }
        if (!base.equals(gate)) { // this PC answers a stranger by itself
            unknown(files, base);
        }
        List<String> common = new ArrayList<>(KernelArgs.of(plan.talos()));
        if (talos.image() instanceof Image.Factory f) {
            common.addAll(f.schematic().kernelArgs());
        }
        for (Node n : plan.nodes()) {
            files.put("groups/" + n.hostname() + ".json", new Content.Text(group(n)));
            files.put(
                    "profiles/" + n.hostname() + ".json",
                    new Content.Text(profile(n, base + "/" + assets, args(common, n, gate, more))));
        }
        return BootTree.of(files);
    }

    /// The default group: a page that says who the machine is, and no way to any config. Matchbox
    /// has no scripts of one's own, but iPXE runs a script also where a kernel is named.
    private static void unknown(Map<String, Content> files, URI base) {
        ObjectNode g = JSON.createObjectNode();
        g.put("id", UNKNOWN).put("name", "Machines that are not in the plan");
        g.put("profile", UNKNOWN);
        files.put("groups/" + UNKNOWN + ".json", text(g));
        ObjectNode p = JSON.createObjectNode();
        p.put("id", UNKNOWN).put("name", "Says that the machine is not in the plan");
        p.putObject("boot").put("kernel", base + "/" + UNKNOWN_PAGE);
        files.put("profiles/" + UNKNOWN + ".json", text(p));
        files.put(UNKNOWN_PAGE, new Content.Text(PAGE));
    }

    private static Content text(ObjectNode json) {
        return new Content.Text(JSON.writeValueAsString(json) + "\n");
    }

    private static String group(Node n) {
        ObjectNode g = JSON.createObjectNode();
        g.put("id", n.hostname()).put("name", n.hostname()).put("profile", n.hostname());
        g.putObject("selector").put("mac", n.mac().toString());
        return JSON.writeValueAsString(g) + "\n";
    }

    private static String profile(Node n, String assets, List<String> args) {
        ObjectNode p = JSON.createObjectNode();
        p.put("id", n.hostname()).put("name", n.hostname() + ", " + n.role().talosType());
        ObjectNode boot = p.putObject("boot");
        Arch arch = Arch.of(n.machine().firmware());
        boot.put("kernel", assets + kernel(arch));
        boot.putArray("initrd").add("--name initrd " + assets + initramfs(arch));
        args.forEach(boot.putArray("args")::add);
        return JSON.writeValueAsString(p) + "\n";
    }

    private static String kernel(Arch arch) {
        return "vmlinuz-" + arch;
    }

    private static String initramfs(Arch arch) {
        return "initramfs-" + arch + ".xz";
    }

    /// UEFI finds the initrd by name only, hence `initrd=initrd` (seen with OVMF and iPXE 2.0.0).
    private static List<String> args(
            List<String> common, Node n, URI gate, Function<Node, List<String>> more) {
        List<String> args = new ArrayList<>();
        args.add("initrd=initrd");
        args.addAll(common);
        args.addAll(more.apply(n));
        args.add("talos.config=" + gate + "/generic?mac=" + n.mac());
        return args;
    }
}
