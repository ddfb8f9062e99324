package dev.ichor.talos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One document of a machine config between reading and writing.
///
/// @param kind its kind, empty for the main one
/// @param values by [Typed]
record Document(String kind, Map<String, Object> values) {
    /// Kinds of which only one may use a name: links, virtual addresses, volumes. (The machinery's
    /// `ConflictsWithKinds`.)
    private static final List<Set<String>> RIVALS =
            List.of(
                    Set.of(
                            "BondConfig",
                            "BridgeConfig",
                            "DummyLinkConfig",
                            "LinkConfig",
                            "VLANConfig",
                            "VRFConfig",
                            "WireguardConfig"),
                    Set.of("Layer2VIPConfig", "HCloudVIPConfig"),
                    Set.of("UserVolumeConfig", "ExistingVolumeConfig"));

    /// Documents with the same are the same document.
    String id() {
        return kind + "/" + values.getOrDefault("name", "");
    }

    /// The documents of a config or patch.
    ///
    /// @throws BadYaml naming the line of what Talos would not take
    static List<Document> of(List<YamlTree> trees) {
        Set<String> seen = new HashSet<>();
        List<Document> all = new ArrayList<>();
        for (YamlTree tree : trees) {
            Document one = of(tree);
            if (!seen.add(one.id())) {
                throw new BadYaml(tree.line(), "the document " + one.id() + " stands there twice");
            }
            all.add(one);
        }
        return peaceful(all);
    }

    /// The same documents.
    ///
    /// @throws BadYaml when two of them use a name that only one may use
    static List<Document> peaceful(List<Document> documents) {
        for (Set<String> rivals : RIVALS) {
            Map<Object, Document> users = new HashMap<>();
            for (Document d : documents) {
                if (rivals.contains(d.kind)) {
                    Document other = users.put(d.values.getOrDefault("name", ""), d);
                    if (other != null && !other.kind.equals(d.kind)) {
                        throw new BadYaml(
                                1, "the documents " + other.id() + " and " + d.id() + " conflict");
                    }
                }
            }
        }
        return documents;
    }

    static Document of(YamlTree tree) {
        return new Document(tree.optional("kind"), Typed.document(tree));
    }

    /// The text of a config, the main document first.
    static String write(List<Document> documents) {
        List<Document> sorted = new ArrayList<>(documents);
        sorted.sort((a, b) -> Boolean.compare(b.kind.isEmpty(), a.kind.isEmpty()));
        return Yaml.write(sorted.stream().map(d -> Typed.ordered(d.values, d.kind)).toList());
    }
}
