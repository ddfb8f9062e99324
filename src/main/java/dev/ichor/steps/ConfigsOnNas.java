package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.ProblemException;
import dev.ichor.netboot.template.TemplateText;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The owner's opt-in: the machines' configs, secrets and all, in the NAS's `generic/`, where its
/// Matchbox gives them to whoever asks.
final class ConfigsOnNas {
    private static final String CONFIG = "talos.config=";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ConfigsOnNas() {}

    /// The tree with the configs, and with kernel arguments that name the NAS for them.
    ///
    /// @param base where the NAS's Matchbox answers
    /// @param config a machine's whole config
    /// @throws ProblemException when a machine's disk is not chosen yet
    static BootTree in(BootTree tree, ClusterPlan plan, URI base, Function<Node, String> config)
            throws IOException {
        Map<String, Content> files = new TreeMap<>();
        for (String path : tree.list("")) {
            files.put(path, tree.get(path).orElseThrow());
        }
        for (Node n : plan.nodes()) {
            if (n.disk() instanceof InstallDisk.Ask) {
                throw noDisk(n);
            }
            String id = n.hostname() + ".yaml";
            String text = TemplateText.escape(config.apply(n));
            files.put("generic/" + id, new Content.Text(text));
            String profile = "profiles/" + n.hostname() + ".json";
            Content old = tree.get(profile).orElseThrow();
            files.put(profile, new Content.Text(naming(id, old, base)));
        }
        return BootTree.of(files);
    }

    /// The MAC is iPXE's to fill in, as in profiles made by hand.
    private static String naming(String id, Content profile, URI base) throws IOException {
        try (InputStream in = profile.open()) {
            ObjectNode p = (ObjectNode) JSON.readTree(in);
            p.put("generic_id", id);
            ArrayNode args = (ArrayNode) p.path("boot").path("args");
            for (int i = 0; i < args.size(); i++) {
                if (args.get(i).asString().startsWith(CONFIG)) {
                    args.set(i, CONFIG + base + "/generic?mac=${mac:hexhyp}");
                }
            }
            return JSON.writeValueAsString(p) + "\n";
        }
    }

    private static ProblemException noDisk(Node n) {
        return new ProblemException(
                "The install disk of " + n.hostname() + " is not chosen yet.",
                "A config on the NAS cannot wait for it: the machine would install at once.",
                "Choose its disk in step 3, or leave the configs on this PC.");
    }

    static ProblemException notConfirmed(String cluster) {
        return new ProblemException(
                "Nothing was copied.",
                "With the configs on the NAS everybody on this network who asks its Matchbox gets"
                    + " the cluster's secrets, and with them the cluster, until they are sealed.",
                "To do it all the same, type the cluster's name: --configs-on-nas " + cluster);
    }
}
