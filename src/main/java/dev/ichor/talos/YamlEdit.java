package dev.ichor.talos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Changes one entry of a YAML text and leaves every other line as it is, comments included.
final class YamlEdit {
    private YamlEdit() {}

    /// An entry of a list or mapping and where it begins.
    private record Place(String name, int line) {}

    /// The text with an entry in the list `key`, in the place of one with the same `name`.
    ///
    /// @throws BadYaml when the list is not written one entry below the other
    static String item(String text, String key, String name, Map<String, Object> entry) {
        List<Place> places = new ArrayList<>();
        YamlTree root = root(text);
        for (YamlTree item : root.items(key)) {
            places.add(new Place(item.optional("name"), item.line()));
        }
        List<String> body = Yaml.write(List.of(entry)).lines().toList();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            lines.add((i == 0 ? "- " : "  ") + body.get(i));
        }
        return put(text, root, key, new Child(name, lines, places, "-"));
    }

    /// The text with an entry in the mapping `key`, in the place of one with the same `name`.
    ///
    /// @throws BadYaml when the mapping is not written one entry below the other
    static String entry(String text, String key, String name, Map<String, Object> value) {
        List<Place> places = new ArrayList<>();
        YamlTree root = root(text);
        if (root.at(key).orElse(null) instanceof YamlTree.Entries e) {
            e.entries().keySet().forEach(k -> places.add(new Place(k, e.line(k))));
        }
        List<String> lines =
                Yaml.write(List.of(Fields.of(name, Fields.of(value)).map())).lines().toList();
        return put(text, root, key, new Child(name, lines, places, ""));
    }

    private static YamlTree root(String text) {
        List<YamlTree> documents = YamlReader.read(text);
        if (documents.size() > 1
                || !documents.stream().allMatch(YamlTree.Entries.class::isInstance)) {
            throw new BadYaml(1, "it is not one mapping");
        }
        return documents.isEmpty()
                ? new YamlTree.Entries(Map.of(), Map.of(), 1)
                : documents.getFirst();
    }

    private record Child(String name, List<String> lines, List<Place> places, String begin) {}

    private static String put(String text, YamlTree root, String key, Child child) {
        List<String> all = new ArrayList<>(text.lines().toList());
        YamlTree.Entries top = (YamlTree.Entries) root;
        if (child.places().isEmpty()) {
            if (root.at(key).isPresent()) {
                all.set(top.line(key) - 1, key + ":");
                all.addAll(top.line(key), indented(child.lines(), "    "));
            } else {
                all.add(key + ":");
                all.addAll(indented(child.lines(), "    "));
            }
            return String.join("\n", all) + "\n";
        }
        int first = child.places().getFirst().line();
        String line = all.get(first - 1);
        if (!line.strip().startsWith(child.begin()) || first == top.line(key)) {
            throw new BadYaml(first, key + " is not written one entry below the other");
        }
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        int end = end(all, top, key);
        int from = end;
        int to = end;
        for (int i = 0; i < child.places().size(); i++) {
            if (child.places().get(i).name().equals(child.name())) {
                from = child.places().get(i).line() - 1;
                to = i + 1 < child.places().size() ? child.places().get(i + 1).line() - 1 : end;
            }
        }
        all.subList(from, to).clear();
        all.addAll(from, indented(child.lines(), indent));
        return String.join("\n", all) + "\n";
    }

    private static List<String> indented(List<String> lines, String indent) {
        return lines.stream().map(l -> indent + l).toList();
    }

    /// The line after the last of a block, comments and empty lines behind it not counted.
    private static int end(List<String> all, YamlTree.Entries top, String key) {
        int end =
                top.lines().values().stream()
                        .filter(l -> l > top.line(key))
                        .mapToInt(l -> l - 1)
                        .min()
                        .orElse(all.size());
        while (all.get(end - 1).isBlank() || all.get(end - 1).strip().startsWith("#")) {
            end--;
        }
        return end;
    }
}
