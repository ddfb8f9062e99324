package dev.ichor.talos;

import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// talhelper's `talconfig.yaml`, as far as it can be taken over.
///
/// @param talos release such as `v1.13.9`, or empty
/// @param kubernetes release without `v`, or empty
/// @param sans more names and addresses of both APIs
/// @param left keys that are not taken over
public record Talhelper(
        String cluster,
        String endpoint,
        String talos,
        String kubernetes,
        List<String> sans,
        List<Machine> machines,
        List<String> left) {
    private static final List<String> TAKEN =
            List.of(
                    "clusterName",
                    "endpoint",
                    "talosVersion",
                    "kubernetesVersion",
                    "additionalApiServerCertSans",
                    "additionalMachineCertSans",
                    "nodes");
    private static final List<String> TAKEN_OF_A_NODE =
            List.of(
                    "hostname",
                    "ipAddress",
                    "controlPlane",
                    "installDisk",
                    "installDiskSelector",
                    "networkInterfaces");

    /// One of its nodes.
    public record Machine(
            String hostname, Role role, InstallDisk disk, Optional<Ip4> ip, Optional<Mac> mac) {}

    /// Reads it.
    ///
    /// @throws IllegalArgumentException naming the line of what is missing
    public static Talhelper read(String text) {
        YamlTree root = Yaml.one(text);
        List<String> left = new ArrayList<>(others(root, TAKEN, ""));
        List<Machine> machines = new ArrayList<>();
        for (YamlTree node : root.items("nodes")) {
            String name = node.text("hostname");
            left.addAll(others(node, TAKEN_OF_A_NODE, name + ": "));
            machines.add(
                    new Machine(
                            name,
                            node.optional("controlPlane").equals("true")
                                    ? Role.CONTROL_PLANE
                                    : Role.WORKER,
                            disk(node),
                            Ip4.parse(node.optional("ipAddress").replaceFirst(",.*", "")),
                            node.items("networkInterfaces").stream()
                                    .map(i -> i.optional("deviceSelector", "hardwareAddr"))
                                    .flatMap(t -> Mac.parse(t).stream())
                                    .findFirst()));
        }
        List<String> sans = new ArrayList<>(root.texts("additionalApiServerCertSans"));
        root.texts("additionalMachineCertSans").stream()
                .filter(s -> !sans.contains(s))
                .forEach(sans::add);
        return new Talhelper(
                root.text("clusterName"),
                root.text("endpoint"),
                root.optional("talosVersion"),
                root.optional("kubernetesVersion").replaceFirst("^v", ""),
                sans,
                machines,
                left);
    }

    private static InstallDisk disk(YamlTree node) {
        String serial = node.optional("installDiskSelector", "serial");
        String wwid = node.optional("installDiskSelector", "wwid");
        String size = node.optional("installDiskSelector", "size");
        String path = node.optional("installDisk");
        return !serial.isEmpty()
                ? new InstallDisk.Serial(serial)
                : !wwid.isEmpty()
                        ? new InstallDisk.Wwid(wwid)
                        : !size.isEmpty()
                                ? new InstallDisk.Size(size)
                                : new InstallDisk.Device(path.isEmpty() ? "/dev/sda" : path);
    }

    private static List<String> others(YamlTree tree, List<String> taken, String before) {
        return tree instanceof YamlTree.Entries e
                ? e.entries().keySet().stream()
                        .filter(k -> !taken.contains(k))
                        .map(k -> before + k)
                        .toList()
                : List.of();
    }
}
