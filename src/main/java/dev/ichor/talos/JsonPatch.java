package dev.ichor.talos;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// JSON patches (RFC 6902), which Talos takes for configs of a single document only.
final class JsonPatch {
    private JsonPatch() {}

    /// One operation.
    ///
    /// @param op add, remove, replace, move, copy or test
    /// @param path pointer (RFC 6901) in pieces
    /// @param from pointer in pieces, of move and copy
    /// @param value of add, replace and test
    record Operation(
            String op, List<String> path, List<String> from, @Nullable YamlTree value, int line) {}

    static List<Operation> operations(YamlTree.Items items) {
        List<Operation> all = new ArrayList<>();
        for (YamlTree item : items.items()) {
            String op = item.text("op");
            if (!List.of("add", "remove", "replace", "move", "copy", "test").contains(op)) {
                throw new BadYaml(item.line(), "there is no JSON patch operation " + op);
            }
            all.add(
                    new Operation(
                            op,
                            pieces(item.text("path"), item.line()),
                            op.equals("move") || op.equals("copy")
                                    ? pieces(item.text("from"), item.line())
                                    : List.of(),
                            item.at("value").orElse(null),
                            item.line()));
        }
        return all;
    }

    private static List<String> pieces(String pointer, int line) {
        if (!pointer.startsWith("/")) {
            throw new BadYaml(line, "a JSON pointer begins with /");
        }
        List<String> pieces = new ArrayList<>();
        for (String piece : pointer.substring(1).split("/", -1)) {
            pieces.add(piece.replace("~1", "/").replace("~0", "~"));
        }
        return pieces;
    }

    static List<Document> apply(List<Document> documents, List<Operation> operations) {
        if (documents.size() != 1) {
            throw new BadYaml(
                    1,
                    "JSON patches are not for configs of several documents, as Talos has them from"
                            + " 1.12 on; write it as a strategic merge patch");
        }
        YamlTree tree = Yaml.one(Document.write(documents));
        for (Operation op : operations) {
            tree = apply(tree, op);
        }
        return List.of(Document.of(tree));
    }

    /// What to put at the end of a path; nothing takes away what is there.
    private record Edit(@Nullable YamlTree value, boolean mustBeThere, Operation op) {}

    private static YamlTree apply(YamlTree tree, Operation op) {
        return switch (op.op()) {
            case "add" -> edit(tree, op.path(), new Edit(value(op), false, op));
            case "remove" -> edit(tree, op.path(), new Edit(null, true, op));
            case "replace" -> edit(tree, op.path(), new Edit(value(op), true, op));
            case "copy" -> edit(tree, op.path(), new Edit(find(tree, op.from(), op), false, op));
            case "move" -> {
                YamlTree moved = find(tree, op.from(), op);
                YamlTree rest = edit(tree, op.from(), new Edit(null, true, op));
                yield edit(rest, op.path(), new Edit(moved, false, op));
            }
            default -> {
                if (!same(find(tree, op.path(), op), value(op))) {
                    throw new BadYaml(op.line(), "a JSON patch's test fails");
                }
                yield tree;
            }
        };
    }

    private static YamlTree value(Operation op) {
        return op.value() == null ? new YamlTree.Scalar("null", true, op.line()) : op.value();
    }

    private static boolean same(YamlTree a, YamlTree b) {
        return Objects.equals(
                Typed.read(a, new Schema.Form.Leaf("any"), ""),
                Typed.read(b, new Schema.Form.Leaf("any"), ""));
    }

    private static YamlTree find(YamlTree tree, List<String> path, Operation op) {
        YamlTree at = tree;
        for (String piece : path) {
            at =
                    switch (at) {
                        case YamlTree.Entries e when e.entries().get(piece) != null ->
                                Objects.requireNonNull(e.entries().get(piece));
                        case YamlTree.Items i
                                when index(piece) >= 0 && index(piece) < i.items().size() ->
                                i.items().get(index(piece));
                        default -> throw missing(op);
                    };
        }
        return at;
    }

    private static YamlTree edit(YamlTree tree, List<String> path, Edit edit) {
        return switch (tree) {
            case YamlTree.Entries e ->
                    new YamlTree.Entries(keys(e, path, edit), e.lines(), e.line());
            case YamlTree.Items i -> new YamlTree.Items(items(i, path, edit), i.line());
            case YamlTree.Scalar _ -> throw missing(edit.op());
        };
    }

    private static Map<String, YamlTree> keys(YamlTree.Entries e, List<String> path, Edit edit) {
        Map<String, YamlTree> all = new LinkedHashMap<>(e.entries());
        String key = path.getFirst();
        YamlTree there = all.get(key);
        if (path.size() > 1 && there != null) {
            all.put(key, edit(there, path.subList(1, path.size()), edit));
        } else if (path.size() > 1 || edit.mustBeThere() && there == null) {
            throw missing(edit.op());
        } else if (edit.value() == null) {
            all.remove(key);
        } else {
            all.put(key, edit.value());
        }
        return all;
    }

    private static List<YamlTree> items(YamlTree.Items i, List<String> path, Edit edit) {
        List<YamlTree> all = new ArrayList<>(i.items());
        int at = path.getFirst().equals("-") ? all.size() : index(path.getFirst());
        YamlTree value = edit.value();
        boolean inserts = path.size() == 1 && !edit.mustBeThere() && value != null;
        if (at < 0 || at > all.size() || !inserts && at == all.size()) {
            throw missing(edit.op());
        }
        if (path.size() > 1) {
            all.set(at, edit(all.get(at), path.subList(1, path.size()), edit));
        } else if (value == null) {
            all.remove(at);
        } else if (inserts) {
            all.add(at, value);
        } else {
            all.set(at, value);
        }
        return all;
    }

    private static int index(String piece) {
        return piece.matches("0|[1-9][0-9]{0,6}") ? Integer.parseInt(piece) : -1;
    }

    private static BadYaml missing(Operation op) {
        return new BadYaml(
                op.line(), "a JSON patch finds nothing at /" + String.join("/", op.path()));
    }
}
