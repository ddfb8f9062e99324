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
    /// What stands in a secret's place where a config is only looked at.
    public static final String MASK = "••••";

    /// No secret at all, so that none can be shown by mistake.
    private static final String HIDDEN = "hidden";

    private static final PemPair HIDDEN_PAIR = new PemPair(HIDDEN, HIDDEN);
    private static final Secrets MASKED =
            new Secrets(
                    MASK,
                    MASK,
                    MASK,
                    MASK,
                    "",
                    MASK,
                    HIDDEN_PAIR,
                    HIDDEN_PAIR,
                    HIDDEN_PAIR,
                    HIDDEN,
                    HIDDEN_PAIR);

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
                plan.options(),
                GenInput.CLUSTER_LOCAL,
                plan.nodes().stream().allMatch(n -> n.role() == Role.CONTROL_PLANE),
                true);
    }

    /// controlplane.yaml or worker.yaml: the same for all machines of a role. Holds secrets.
    public static String base(GenInput input, Secrets secrets, Role role) {
        return Yaml.write(documents(input, secrets, role, OneMachine.ANY));
    }

    /// The config of one machine, with its host name, disk and address. Holds secrets.
    public static String node(GenInput input, Secrets secrets, Node node) {
        OneMachine one = new OneMachine(node.hostname(), node.mac(), node.fixed());
        return Yaml.write(documents(input.on(node.disk()), secrets, node.role(), one));
    }

    /// [#base] to be looked at: made without the secrets.
    public static String shownBase(GenInput input, Role role) {
        return masked(base(input, MASKED, role));
    }

    /// [#node] to be looked at: made without the secrets.
    public static String shown(GenInput input, Node node) {
        return masked(node(input, MASKED, node));
    }

    private static String masked(String yaml) {
        return yaml.replace(Pem.base64(HIDDEN), MASK);
    }

    /// The config of one machine of which only name and role are known. Holds secrets.
    static String named(GenInput input, Secrets secrets, Role role, String hostname) {
        OneMachine one = new OneMachine(hostname, null, null);
        return Yaml.write(documents(input, secrets, role, one));
    }

    private static List<Map<String, Object>> documents(
            GenInput input, Secrets secrets, Role role, OneMachine one) {
        Fields main =
                Fields.of("version", "v1alpha1")
                        .put("debug", false)
                        .put("persist", true)
                        .put("machine", MachinePart.of(input, secrets, role, one))
                        .put("cluster", ClusterPart.of(input, secrets, role));
        List<Map<String, Object>> all = new ArrayList<>(List.of(main.map()));
        all.addAll(NetworkDocuments.of(input, role, one));
        return all;
    }
}
