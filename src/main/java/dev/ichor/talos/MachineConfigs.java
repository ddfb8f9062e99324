package dev.ichor.talos;

import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Talos machine configs, as `talosctl gen config` writes them.
public final class MachineConfigs {
    private MachineConfigs() {}

    /// The input a plan means. With no workers, the control planes do the work too.
    public static GenInput of(ClusterPlan plan) {
        return new GenInput(
                plan.name(),
                plan.endpoint(),
                plan.talos(),
                plan.kubernetes(),
                new InstallDisk.Device("/dev/sda"),
                plan.installerImage(),
                List.of(),
                GenInput.CLUSTER_LOCAL,
                plan.nodes().stream().allMatch(n -> n.role() == Role.CONTROL_PLANE));
    }

    /// controlplane.yaml or worker.yaml: the same for all machines of a role. Holds secrets.
    public static String base(GenInput input, Secrets secrets, Role role) {
        return Yaml.write(documents(input, secrets, role, ""));
    }

    /// The config of one machine, with its host name and disk. Holds secrets.
    public static String node(GenInput input, Secrets secrets, Node node) {
        return Yaml.write(documents(input.on(node.disk()), secrets, node.role(), node.hostname()));
    }

    private static List<Map<String, Object>> documents(
            GenInput input, Secrets secrets, Role role, String hostname) {
        Contract contract = Contract.of(input.talos());
        Fields main =
                Fields.of("version", "v1alpha1")
                        .put("debug", false)
                        .put("persist", true)
                        .put("machine", MachinePart.of(input, secrets, role, hostname))
                        .put("cluster", ClusterPart.of(input, secrets, role));
        List<Map<String, Object>> all = new ArrayList<>(List.of(main.map()));
        if (contract.hostnameDocument()) {
            all.add(hostnameConfig(hostname));
        }
        return all;
    }

    /// `auto` must be said to be off beside a name, or Talos refuses both.
    private static Map<String, Object> hostnameConfig(String hostname) {
        return Fields.of("apiVersion", "v1alpha1")
                .put("kind", "HostnameConfig")
                .put("auto", hostname.isEmpty() ? "stable" : "off")
                .putIf(!hostname.isEmpty(), "hostname", hostname)
                .map();
    }
}
