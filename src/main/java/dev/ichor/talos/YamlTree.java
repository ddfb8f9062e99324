package dev.ichor.talos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// YAML as it was read: texts are not interpreted yet, and each piece knows its line.
sealed interface YamlTree {
    /// Where it begins; the first line is 1.
    int line();

    /// A single text.
    ///
    /// @param text what it says, unquoted
    /// @param plain whether it stood there without quotes, so that it may mean more than text
    record Scalar(String text, boolean plain, int line) implements YamlTree {
        /// Whether it stands for nothing.
        boolean isNull() {
            return plain && List.of("", "~", "null", "Null", "NULL").contains(text);
        }

        /// Nothing secret.
        @Override
        public String toString() {
            return "Scalar[line " + line + "]";
        }
    }

    /// A list.
    record Items(List<YamlTree> items, int line) implements YamlTree {
        /// Copies the list.
        public Items {
            items = List.copyOf(items);
        }
    }

    /// A mapping, in the order of the text.
    ///
    /// @param entries key to value
    /// @param lines key to the line of the key
    record Entries(Map<String, YamlTree> entries, Map<String, Integer> lines, int line)
            implements YamlTree {
        /// Copies the maps.
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            lines = Map.copyOf(lines);
        }

        /// The line of a key, or of the whole when it is none of its keys.
        int line(String key) {
            return lines.getOrDefault(key, line);
        }
    }

    /// What lies at the end of a path of keys.
    default Optional<YamlTree> at(String... path) {
        Optional<YamlTree> at = Optional.of(this);
        for (String key : path) {
            at =
                    at.flatMap(t ->
                            t instanceof Entries e
                                    ? Optional.ofNullable(e.entries().get(key))
                                    : Optional.empty());
        }
        return at;
    }

    /// The text at the end of a path, empty when there is none.
    default String optional(String... path) {
        return at(path).map(t -> t instanceof Scalar s && !s.isNull() ? s.text() : "").orElse("");
    }

    /// The text at the end of a path.
    ///
    /// @throws BadYaml naming the path, when there is none
    default String text(String... path) {
        String text = optional(path);
        if (text.isEmpty()) {
            throw new BadYaml(line(), String.join(".", path) + " is missing");
        }
        return text;
    }

    /// The list at the end of a path, none when there is no list.
    default List<YamlTree> items(String... path) {
        return at(path).map(t -> t instanceof Items i ? i.items() : List.<YamlTree>of())
                .orElse(List.of());
    }

    /// The texts of the list at the end of a path.
    default List<String> texts(String... path) {
        return items(path).stream().map(t -> t.optional()).toList();
    }

    /// All paths of keys in it that end in a text, joined by dots; lists count as texts.
    default List<String> paths() {
        List<String> all = new ArrayList<>();
        if (this instanceof Entries e) {
            e.entries()
                    .forEach((key, value) -> {
                        List<String> below = value.paths();
                        below.forEach(p -> all.add(p.isEmpty() ? key : key + "." + p));
                    });
        } else {
            all.add("");
        }
        return all;
    }
}
