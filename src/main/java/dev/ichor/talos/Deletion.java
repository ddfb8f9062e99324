package dev.ichor.talos;

import dev.ichor.talos.Schema.Form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `$patch: delete` in a patch means: a document, a mapping in it, or the first entry of a
/// list whose key has a value.
///
/// @param kind the document's kind, empty for the main one
/// @param name the document's name, or empty
/// @param path keys from the document down; none for the document itself
/// @param key for an entry of a list: the key it is known by, else empty
/// @param value for an entry of a list: that key's value
/// @param line where it stands in the patch
record Deletion(String kind, String name, List<String> path, String key, String value, int line) {

    /// Takes the deletions out of a document of a patch.
    ///
    /// @return what is left of it, empty when nothing is
    static Optional<YamlTree> extract(YamlTree document, List<Deletion> into) {
        if (!(document instanceof YamlTree.Entries root)) {
            throw new BadYaml(document.line(), "a document is no mapping");
        }
        Optional<YamlTree> rest = new Extraction(root, into).mapping(root, List.of(), false);
        return rest.filter(t -> t == root || !bare((YamlTree.Entries) t));
    }

    /// Nothing but the words that name a document.
    private static boolean bare(YamlTree.Entries e) {
        return List.of("version", "kind", "name", "apiVersion").containsAll(e.entries().keySet());
    }

    private record Extraction(YamlTree.Entries root, List<Deletion> into) {
        Optional<YamlTree> mapping(YamlTree.Entries e, List<String> path, boolean inList) {
            if (e.optional("$patch").equals("delete")) {
                into.add(deletion(e, path, inList));
                return Optional.empty();
            }
            Map<String, YamlTree> left = new LinkedHashMap<>();
            e.entries()
                    .forEach((key, value) -> {
                        List<String> below = new ArrayList<>(path);
                        below.add(key);
                        tree(value, below).ifPresent(t -> left.put(key, t));
                    });
            if (left.equals(e.entries())) {
                return Optional.of(e);
            }
            return left.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new YamlTree.Entries(left, e.lines(), e.line()));
        }

        private Optional<YamlTree> tree(YamlTree tree, List<String> path) {
            return switch (tree) {
                case YamlTree.Scalar s -> Optional.of(s);
                case YamlTree.Entries e -> mapping(e, path, false);
                case YamlTree.Items i -> items(i, path);
            };
        }

        private Optional<YamlTree> items(YamlTree.Items i, List<String> path) {
            List<YamlTree> left = new ArrayList<>();
            for (int n = 0; n < i.items().size(); n++) {
                List<String> below = new ArrayList<>(path);
                below.add("[" + n + "]");
                YamlTree item = i.items().get(n);
                (item instanceof YamlTree.Entries e ? mapping(e, below, true) : tree(item, below))
                        .ifPresent(left::add);
            }
            return left.isEmpty() && !i.items().isEmpty()
                    ? Optional.empty()
                    : Optional.of(left.equals(i.items()) ? i : new YamlTree.Items(left, i.line()));
        }

        private Deletion deletion(YamlTree.Entries e, List<String> path, boolean inList) {
            String kind = root.optional("kind");
            String name = root.optional("name");
            if (path.isEmpty() && kind.isEmpty()) {
                throw new BadYaml(e.line(), "$patch: delete needs apiVersion and kind there");
            }
            if (!inList) {
                if (path.stream().anyMatch(p -> p.startsWith("["))) {
                    throw new BadYaml(
                            e.line(), "$patch: delete cannot stand below an entry of a list");
                }
                return new Deletion(kind, name, path, "", "", e.line());
            }
            return e.entries().entrySet().stream()
                    .filter(x -> !x.getKey().equals("$patch"))
                    .findFirst()
                    .map(x ->
                            new Deletion(
                                    kind,
                                    name,
                                    path,
                                    x.getKey(),
                                    x.getValue().optional(),
                                    e.line()))
                    .orElseThrow(
                            () -> new BadYaml(e.line(), "$patch: delete does not say which entry"));
        }
    }

    /// Carries it out.
    ///
    /// @return the id of a document that is gone as a whole
    Optional<String> on(List<Document> documents) {
        String id = kind + "/" + name;
        int at = documents.stream().map(Document::id).toList().indexOf(id);
        if (at < 0) {
            throw new BadYaml(line, "$patch: delete finds no document " + id);
        }
        if (path.isEmpty()) {
            documents.remove(at);
            return Optional.of(id);
        }
        Form.Struct form = Schema.get().document(kind).orElseThrow();
        Object left = without(documents.get(at).values(), form, path);
        documents.set(at, new Document(kind, asMap(left)));
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // by the schema, a document is a mapping from texts
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private Object without(Object value, Form form, List<String> rest) {
        String head = rest.getFirst();
        List<String> tail = rest.subList(1, rest.size());
        return switch (form) {
            case Form.Pointer p -> without(value, p.to(), rest);
            case Form.Struct s -> {
                Schema.Field field = Schema.get().fields(s).get(head);
                yield mapping(value, field == null ? null : field.form(), head, tail);
            }
            case Form.MapOf m -> mapping(value, m.of(), head, tail);
            case Form.ListOf _ when tail.isEmpty() -> list((List<?>) value);
            case Form.ListOf _, Form.Leaf _ when value instanceof Map<?, ?> ->
                    mapping(value, form, head, tail);
            case Form.ListOf _, Form.Leaf _ -> throw missing();
        };
    }

    private Object mapping(
            Object value,
            @org.jspecify.annotations.Nullable Form below,
            String head,
            List<String> tail) {
        Map<String, Object> all = new LinkedHashMap<>(asMap(value));
        if (below != null && tail.isEmpty()) {
            all.remove(head);
        } else if (below != null && all.get(head) instanceof Object there) {
            all.put(head, without(there, below, tail));
        } else {
            throw missing();
        }
        return value instanceof LinkedHashMap ? all : sorted(all);
    }

    private static Map<String, Object> sorted(Map<String, Object> all) {
        Map<String, Object> sorted = Typed.sorted();
        sorted.putAll(all);
        return sorted;
    }

    private List<Object> list(List<?> items) {
        List<Object> all = new ArrayList<>(items);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Map<?, ?> m && value.equals(m.get(key))) {
                all.remove(i);
                return all;
            }
        }
        throw missing();
    }

    private BadYaml missing() {
        return new BadYaml(line, "$patch: delete finds nothing at " + String.join(".", path));
    }
}
