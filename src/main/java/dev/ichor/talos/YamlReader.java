package dev.ichor.talos;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads YAML within bounds: no text beyond 8 million characters, no nesting beyond 100, no aliases
/// that grow to more than a million pieces ("billion laughs"), no key twice.
final class YamlReader {
    private static final int MOST_CHARACTERS = 8_000_000;
    private static final int MOST_PIECES = 1_000_000;
    private static final int DEEPEST = 100;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder()
                    .setAllowDuplicateKeys(true)
                    .setMaxAliasesForCollections(MOST_PIECES)
                    .setCodePointLimit(MOST_CHARACTERS)
                    .build();

    private int pieces;

    private YamlReader() {}

    /// The documents of a text, without empty ones.
    ///
    /// @throws BadYaml naming the line
    static List<YamlTree> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new BadYaml(1, "the text is longer than 8 million characters");
        }
        YamlReader reader = new YamlReader();
        List<YamlTree> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(SETTINGS).composeAllFromString(text)) {
                YamlTree tree = reader.tree(node, 0, 1);
                if (!(tree instanceof YamlTree.Scalar s && s.isNull())) {
                    documents.add(tree);
                }
            }
        } catch (MarkedYamlEngineException e) {
            throw new BadYaml(e.getProblemMark().map(Mark::getLine).orElse(0) + 1, reason(e));
        } catch (YamlEngineException _) {
            throw new BadYaml(1, "that is no YAML");
        }
        return documents;
    }

    private static String reason(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        if (problem.contains("TAB")) {
            return "a tab stands where YAML wants spaces";
        }
        return problem.contains("undefined alias")
                ? "an alias has no anchor before it"
                : "that is no YAML";
    }

    /// @param above line of what it stands in: an alias counts there, not at its anchor
    private YamlTree tree(Node node, int depth, int above) {
        int line = Math.max(line(node), above);
        if (++pieces > MOST_PIECES) {
            throw new BadYaml(line, "its aliases grow beyond all bounds");
        }
        if (depth > DEEPEST || node.isRecursive()) {
            throw new BadYaml(line, "it is nested too deeply");
        }
        return switch (node) {
            case ScalarNode s -> new YamlTree.Scalar(s.getValue(), s.isPlain(), line);
            case SequenceNode s ->
                    new YamlTree.Items(
                            s.getValue().stream().map(n -> tree(n, depth + 1, line)).toList(),
                            line);
            case MappingNode m -> entries(m, depth + 1, line);
            default -> throw new BadYaml(line, "that is no YAML");
        };
    }

    private YamlTree entries(MappingNode node, int depth, int above) {
        Map<String, YamlTree> entries = new LinkedHashMap<>();
        Map<String, YamlTree> merged = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new BadYaml(line(tuple.getKeyNode()), "a key is no text");
            }
            YamlTree value = tree(tuple.getValueNode(), depth, Math.max(line(key), above));
            if (key.isPlain() && key.getValue().equals("<<")) {
                mergeKey(value, merged);
            } else {
                lines.put(key.getValue(), line(key));
                if (entries.put(key.getValue(), value) != null) {
                    throw new BadYaml(
                            line(key), "the key \"" + key.getValue() + "\" stands there twice");
                }
            }
        }
        merged.forEach(entries::putIfAbsent);
        return new YamlTree.Entries(entries, lines, above);
    }

    /// YAML 1.1's merge key, which go-yaml still reads: the first that names a key wins.
    private static void mergeKey(YamlTree value, Map<String, YamlTree> merged) {
        switch (value) {
            case YamlTree.Entries e -> e.entries().forEach(merged::putIfAbsent);
            case YamlTree.Items i -> i.items().forEach(one -> mergeKey(one, merged));
            case YamlTree.Scalar s ->
                    throw new BadYaml(s.line(), "\"<<\" wants a mapping, not a text");
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
