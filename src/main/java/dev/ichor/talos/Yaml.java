package dev.ichor.talos;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// YAML as talosctl writes it (go-yaml with four columns), so that files compare byte for byte.
final class Yaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder().build();
    private static final int STEP = 4;

    /// What go-yaml's `resolve` takes for something else than text: it quotes such text doubly.
    private static final Pattern OTHER_TYPE =
            Pattern.compile(
                    "|~|<<|null|Null|NULL|true|True|TRUE|false|False|FALSE"
                            + "|[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
                            + "|[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)"
                            + "|[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
                            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
                            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");

    /// What cannot stand in a plain scalar of a block (YAML 1.2 section 7.3.3).
    private static final Pattern NOT_PLAIN =
            Pattern.compile(
                    "[#,\\[\\]{}&*!|>'\"%@`].*|[-?:]( .*|$)| .*|.* |.*: .*|.*:|.*"
                            + " #.*|---.*|\\.\\.\\..*");

    private final StringBuilder out = new StringBuilder();

    private Yaml() {}

    /// Documents with `---` between them.
    static String write(List<Map<String, Object>> documents) {
        Yaml yaml = new Yaml();
        for (Map<String, Object> document : documents) {
            if (!yaml.out.isEmpty()) {
                yaml.out.append("---\n");
            }
            yaml.entries(document, 0, "");
        }
        return yaml.out.toString();
    }

    /// The documents of a text.
    ///
    /// @throws tools.jackson.core.JacksonException when it is not YAML
    static List<JsonNode> read(String text) {
        try (MappingIterator<JsonNode> all = MAPPER.readerFor(JsonNode.class).readValues(text)) {
            return all.readAll();
        }
    }

    /// The only document of a text.
    ///
    /// @throws IllegalArgumentException when there are none or several
    static JsonNode one(String text) {
        List<JsonNode> documents = read(text);
        if (documents.size() != 1) {
            throw new IllegalArgumentException(documents.size() + " documents are found, not one");
        }
        return documents.getFirst();
    }

    /// The text at `path`.
    ///
    /// @throws IllegalArgumentException naming the path, when there is none
    static String text(JsonNode node, String... path) {
        JsonNode at = node;
        for (String name : path) {
            at = at.path(name);
        }
        String text = at.asString("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(String.join(".", path) + " is missing");
        }
        return text;
    }

    /// The texts of a list, none when there is no list.
    static List<String> texts(JsonNode list) {
        return list.valueStream().map(n -> n.asString("")).toList();
    }

    private void entries(Map<?, ?> map, int indent, String lead) {
        String before = lead;
        for (Map.Entry<?, ?> e : map.entrySet()) {
            out.append(before).append(scalar(e.getKey())).append(':');
            value(e.getValue(), indent);
            before = " ".repeat(indent);
        }
    }

    private void value(Object value, int indent) {
        // go-yaml rounds down to its step after the two columns of a list's "- ".
        int child = STEP * ((indent + STEP) / STEP);
        switch (value) {
            case Map<?, ?> m when m.isEmpty() -> out.append(" {}\n");
            case Map<?, ?> m -> {
                out.append('\n');
                entries(m, child, " ".repeat(child));
            }
            case List<?> l when l.isEmpty() -> out.append(" []\n");
            case List<?> l -> {
                out.append('\n');
                l.forEach(item -> item(item, child));
            }
            default -> out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(Object item, int indent) {
        out.append(" ".repeat(indent)).append("- ");
        if (item instanceof Map<?, ?> m) {
            entries(m, indent + 2, "");
        } else {
            out.append(scalar(item)).append('\n');
        }
    }

    private static String scalar(Object value) {
        if (!(value instanceof String s)) {
            return value.toString();
        }
        if (OTHER_TYPE.matcher(s).matches() || s.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return '"' + escape(s) + '"';
        }
        return NOT_PLAIN.matcher(s).matches() ? "'" + s.replace("'", "''") + "'" : s;
    }

    private static String escape(String s) {
        StringBuilder t = new StringBuilder();
        for (char c : s.toCharArray()) {
            if (c < ' ' || c == 0x7f) {
                t.append("\\x%02x".formatted((int) c));
            } else {
                t.append(c == '"' || c == '\\' ? "\\" + c : String.valueOf(c));
            }
        }
        return t.toString();
    }
}
