package dev.ichor.steps;

import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Node;
import dev.ichor.talos.GenInput;
import dev.ichor.talos.MachineConfigs;

import java.util.List;

/// A machine's config as it may be looked at: no secret went into it.
///
/// @param name file name, the host's name and `.yaml`
/// @param text the config
/// @param common what all machines of that role are told
public record ConfigFile(String name, String text, String common) {
    /// The config of every machine.
    public static List<ConfigFile> of(ClusterPlan plan) {
        return plan.nodes().stream().map(n -> of(plan, n)).toList();
    }

    /// The config of one machine.
    public static ConfigFile of(ClusterPlan plan, Node node) {
        GenInput input = MachineConfigs.of(plan);
        return new ConfigFile(
                node.hostname() + ".yaml",
                MachineConfigs.shown(input, node),
                MachineConfigs.shownBase(input, node.role()));
    }
}
