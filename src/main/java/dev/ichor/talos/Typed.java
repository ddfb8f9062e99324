package dev.ichor.talos;

import dev.ichor.talos.Schema.Form;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A document between reading and writing, as Talos' own library holds it: values by the schema,
/// what says nothing is absent (a pointer's target may be empty and still there).
final class Typed {
    private static final Schema SCHEMA = Schema.get();

    private Typed() {}

    /// Reads a value as the schema has it; null when it says nothing.
    ///
    /// @param path where it stands, for the message
    /// @throws BadYaml naming the line of a key Talos does not know or a value of another kind
    static @Nullable Object read(YamlTree tree, Form form, String path) {
        if (tree instanceof YamlTree.Scalar s && s.isNull() && !form.equals(new Form.Leaf("any"))) {
            return null;
        }
        return switch (form) {
            case Form.Pointer p -> {
                Object target = read(tree, p.to(), path);
                yield target == null ? empty(p.to()) : target;
            }
            case Form.Leaf l -> leaf(tree, l.name(), path);
            case Form.ListOf l -> list(tree, l, path);
            case Form.MapOf m -> {
                Map<String, Object> values = map(tree, m, path);
                boolean free = m.of().equals(new Form.Leaf("any"));
                yield free && values.isEmpty() ? null : values;
            }
            case Form.Struct s -> {
                Map<String, Object> fields = struct(tree, s, path);
                yield fields.isEmpty() ? null : fields;
            }
        };
    }

    /// A document, whose kind must be known.
    static Map<String, Object> document(YamlTree tree) {
        String kind = tree.optional("kind");
        boolean main =
                kind.isEmpty()
                        && (tree.optional("apiVersion").equals("v1alpha1")
                                || tree.at("machine").isPresent()
                                || tree.at("cluster").isPresent()
                                || tree.at("debug").isPresent()
                                || tree.at("persist").isPresent());
        if (kind.isEmpty() && !main) {
            throw new BadYaml(
                    tree.line(), "a document says neither its kind nor machine or cluster");
        }
        if (!main && !tree.optional("apiVersion").equals("v1alpha1")) {
            throw new BadYaml(tree.line(), "a document lacks apiVersion: v1alpha1");
        }
        Form.Struct form =
                SCHEMA.document(kind)
                        .orElseThrow(() ->
                                new BadYaml(
                                        tree.line(), "Talos knows no document of kind " + kind));
        return struct(tree, form, kind);
    }

    private static Map<String, Object> struct(YamlTree tree, Form.Struct form, String path) {
        if (!(tree instanceof YamlTree.Entries e)) {
            throw new BadYaml(tree.line(), path + " is no mapping");
        }
        Map<String, Schema.Field> fields = SCHEMA.fields(form);
        Map<String, Object> values = new LinkedHashMap<>();
        e.entries()
                .forEach((key, value) -> {
                    Schema.Field field = fields.get(key);
                    String below = path.isEmpty() ? key : path + "." + key;
                    if (field == null) {
                        throw new BadYaml(e.line(key), "Talos knows no key " + below);
                    }
                    Object read = read(value, field.form(), below);
                    if (read != null && !(zero(read) && !(field.form() instanceof Form.Pointer))) {
                        values.put(key, read);
                    }
                });
        return values;
    }

    private static List<Object> list(YamlTree tree, Form.ListOf form, String path) {
        if (!(tree instanceof YamlTree.Items items)) {
            throw new BadYaml(tree.line(), path + " is no list");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Object value = read(items.items().get(i), form.of(), path + "[" + i + "]");
            values.add(value == null ? empty(form.of()) : value);
        }
        return values;
    }

    private static Map<String, Object> map(YamlTree tree, Form.MapOf form, String path) {
        if (!(tree instanceof YamlTree.Entries e)) {
            throw new BadYaml(tree.line(), path + " is no mapping");
        }
        Map<String, Object> values = sorted();
        e.entries()
                .forEach((key, value) -> {
                    Object read = read(value, form.of(), path + "." + key);
                    values.put(key, read == null ? empty(form.of()) : read);
                });
        return values;
    }

    /// Go writes the keys of a free mapping in its natural order.
    static Map<String, Object> sorted() {
        return new TreeMap<>(GoOrder.NATURAL);
    }

    private static @Nullable Object leaf(YamlTree tree, String name, String path) {
        if (name.equals("any")) {
            return any(tree);
        }
        if (name.endsWith("ArgValue") && tree instanceof YamlTree.Items i) {
            return i.texts();
        }
        if (!(tree instanceof YamlTree.Scalar s)) {
            throw new BadYaml(tree.line(), path + " is no single value");
        }
        Object value =
                switch (name) {
                    case "bool" -> Scalars.truth(s);
                    case "int" ->
                            Scalars.value(s) instanceof Number n && !(n instanceof Double)
                                    ? n
                                    : null;
                    case "float" -> Scalars.value(s) instanceof Number n ? n.doubleValue() : null;
                    default -> Notations.read(name, s.text());
                };
        if (value == null) {
            throw new BadYaml(s.line(), path + " is no " + Notations.words(name));
        }
        return value;
    }

    private static @Nullable Object any(YamlTree tree) {
        return switch (tree) {
            case YamlTree.Scalar s -> Scalars.value(s);
            case YamlTree.Items i -> {
                List<@Nullable Object> values = new ArrayList<>();
                i.items().forEach(t -> values.add(any(t)));
                yield values;
            }
            case YamlTree.Entries e -> {
                Map<String, @Nullable Object> values = new TreeMap<>(GoOrder.NATURAL);
                e.entries().forEach((key, t) -> values.put(key, any(t)));
                yield values;
            }
        };
    }

    /// The value of this form that says nothing, where one must be written.
    @SuppressWarnings("NullAway") // an untyped null is a value there
    static Object empty(Form form) {
        return switch (form) {
            case Form.Struct _ -> new LinkedHashMap<String, Object>();
            case Form.ListOf _ -> new ArrayList<Object>();
            case Form.MapOf _ -> sorted();
            case Form.Pointer p -> empty(p.to());
            case Form.Leaf l ->
                    switch (l.name()) {
                        case "bool" -> false;
                        case "int" -> 0L;
                        case "float" -> 0.0;
                        case "duration" -> "0s";
                        case "any" -> null;
                        default -> "";
                    };
        };
    }

    /// Whether a value is the zero of its Go type; an empty list or free mapping is not.
    static boolean zero(Object value) {
        return switch (value) {
            case String s -> s.isEmpty() || s.equals("0s");
            case Boolean b -> !b;
            case Long n -> n == 0;
            case Double d -> d == 0;
            default -> false;
        };
    }

    /// A document in the order and with the omissions of Talos' own writer.
    static Map<String, Object> ordered(Map<String, Object> document, String kind) {
        return written(document, SCHEMA.document(kind).orElseThrow());
    }

    private static Map<String, Object> written(Map<?, ?> values, Form.Struct form) {
        Map<String, Object> all = new LinkedHashMap<>();
        SCHEMA.fields(form)
                .forEach((key, field) -> {
                    Object value = values.get(key);
                    boolean pointer = field.form() instanceof Form.Pointer;
                    if (field.omitEmpty() && saysNothing(value, field.form())) {
                        return;
                    }
                    all.put(
                            key,
                            value == null && pointer ? nothing() : written(value, field.form()));
                });
        return all;
    }

    /// Go's rule of what is left out: a mapping of known keys when all of them say nothing.
    private static boolean saysNothing(@Nullable Object value, Form form) {
        return switch (form) {
            case Form.Struct s when value instanceof Map<?, ?> m ->
                    SCHEMA.fields(s).entrySet().stream()
                            .allMatch(f -> saysNothing(m.get(f.getKey()), f.getValue().form()));
            case Form.ListOf _, Form.MapOf _, Form.Leaf _ when value != null ->
                    value instanceof List<?> l && l.isEmpty()
                            || value instanceof Map<?, ?> m && m.isEmpty()
                            || zero(value);
            default -> value == null;
        };
    }

    @SuppressWarnings("NullAway") // null is written as such
    private static Object nothing() {
        return null;
    }

    private static Object written(@Nullable Object value, Form form) {
        Object there = value == null ? empty(form) : value;
        return switch (form) {
            case Form.Pointer p -> written(there, p.to());
            case Form.Leaf l -> Notations.write(l.name(), there);
            case Form.ListOf l ->
                    ((List<?>) there).stream().<Object>map(v -> written(v, l.of())).toList();
            case Form.MapOf m -> {
                if (m.of().equals(new Form.Leaf("any"))) {
                    yield there;
                }
                Map<String, Object> all = sorted();
                ((Map<?, ?>) there).forEach((k, v) -> all.put((String) k, written(v, m.of())));
                yield all;
            }
            case Form.Struct s -> written((Map<?, ?>) there, s);
        };
    }
}
