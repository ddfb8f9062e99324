package dev.ichor.talos;

import dev.ichor.talos.Schema.Form;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Lays a patch over a document by the rules of Talos' own library: mappings merge, texts and
/// numbers replace, lists are added to, some lists are merged by a key of their entries.
final class Merge {
    private static final Schema SCHEMA = Schema.get();

    private Merge() {}

    /// The document with the patch laid over it.
    ///
    /// @throws BadYaml when two values of different kinds meet
    static Map<String, Object> documents(
            Map<String, Object> left, Map<String, Object> right, String kind) {
        return struct(left, right, SCHEMA.document(kind).orElseThrow());
    }

    private static Map<String, Object> struct(Map<?, ?> left, Map<?, ?> right, Form.Struct form) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (form.type().startsWith("x509.")) {
            // A certificate given without its key takes the key away.
            right.forEach((k, v) -> all.put((String) k, v));
            return all;
        }
        SCHEMA.fields(form)
                .forEach((key, field) -> {
                    Object merged =
                            merge(left.get(key), right.get(key), field.form(), field.replace());
                    if (merged != null) {
                        all.put(key, merged);
                    }
                });
        return all;
    }

    private static @Nullable Object merge(
            @Nullable Object left, @Nullable Object right, Form form, boolean replace) {
        return switch (form) {
            case Form.Pointer p ->
                    left == null || right == null
                            ? right == null ? left : right
                            : p.to() instanceof Form.Struct s
                                    ? struct((Map<?, ?>) left, (Map<?, ?>) right, s)
                                    : right;
            case Form.Struct s -> value(left, right, s, replace);
            case Form.ListOf l -> list(left, right, l, replace);
            case Form.MapOf m -> map(left, right, m, replace);
            case Form.Leaf l -> leaf(left, right, l.name());
        };
    }

    private static @Nullable Object leaf(
            @Nullable Object left, @Nullable Object right, String name) {
        if (name.equals("bool") || name.equals("text!")) {
            return right; // Go cannot tell false from not said
        }
        return right == null || Typed.zero(right) ? left : right;
    }

    private static @Nullable Object value(
            @Nullable Object left, @Nullable Object right, Form.Struct form, boolean replace) {
        if (replace) {
            return right == null ? left : right;
        }
        Map<?, ?> l = left == null ? Map.of() : (Map<?, ?>) left;
        Map<?, ?> r = right == null ? Map.of() : (Map<?, ?>) right;
        Map<String, Object> all = struct(l, r, form);
        return all.isEmpty() ? null : all;
    }

    private static @Nullable Object list(
            @Nullable Object left, @Nullable Object right, Form.ListOf form, boolean replace) {
        if (right == null) {
            return left;
        }
        List<?> r = (List<?>) right;
        if (replace && form.merge().isEmpty()) {
            return r;
        }
        List<Object> all = new ArrayList<>(left == null ? List.of() : (List<?>) left);
        if (form.merge().isEmpty()) {
            all.addAll(r);
            return all;
        }
        r.forEach(item -> entry(all, (Map<?, ?>) item, form));
        return all.isEmpty() && left == null ? null : all;
    }

    /// An entry of a list whose entries have a key.
    private static void entry(List<Object> all, Map<?, ?> item, Form.ListOf form) {
        for (int i = 0; i < all.size(); i++) {
            Map<?, ?> there = (Map<?, ?>) all.get(i);
            if (same(there, item, form.merge())) {
                Form.Struct struct =
                        (Form.Struct) (form.of() instanceof Form.Pointer p ? p.to() : form.of());
                all.set(
                        i,
                        form.merge().equals("ImageVerificationRules")
                                ? item
                                : struct(there, item, struct));
                return;
            }
        }
        all.add(item);
    }

    private static boolean same(Map<?, ?> a, Map<?, ?> b, String rule) {
        return switch (rule) {
            case "NetworkDeviceList" -> sameDevice(a, b);
            case "VlanList" -> Objects.equals(a.get("vlanId"), b.get("vlanId"));
            case "ConfigFileList" -> Objects.equals(a.get("mountPath"), b.get("mountPath"));
            case "ImageVerificationRules" -> Objects.equals(a.get("image"), b.get("image"));
            default -> Objects.equals(a.get("name"), b.get("name"));
        };
    }

    /// A selector that says `physical` is never the same to Talos, which compares pointers there.
    private static boolean sameDevice(Map<?, ?> a, Map<?, ?> b) {
        if (b.get("interface") != null) {
            return b.get("interface").equals(a.get("interface"));
        }
        return b.get("deviceSelector") instanceof Map<?, ?> selector
                && !selector.containsKey("physical")
                && selector.equals(a.get("deviceSelector"));
    }

    private static @Nullable Object map(
            @Nullable Object left, @Nullable Object right, Form.MapOf form, boolean replace) {
        if (right == null || left == null || replace) {
            return right == null ? left : right;
        }
        Map<String, Object> all = Typed.sorted();
        ((Map<?, ?>) left).forEach((k, v) -> all.put((String) k, v));
        boolean any = form.of().equals(new Form.Leaf("any"));
        ((Map<?, ?>) right)
                .forEach((k, v) -> {
                    Object there = all.get(k);
                    Object merged =
                            there == null || form.merge().equals("Args")
                                    ? v
                                    : any ? any(there, v) : merge(there, v, form.of(), false);
                    all.put((String) k, merged);
                });
        return all;
    }

    /// Values without a schema: both must be of one kind.
    private static Object any(Object left, @Nullable Object right) {
        return switch (left) {
            case Map<?, ?> l when right instanceof Map<?, ?> r ->
                    Objects.requireNonNull(
                            map(l, r, new Form.MapOf("", new Form.Leaf("any")), false));
            case List<?> l when right instanceof List<?> r -> {
                List<Object> all = new ArrayList<>(l);
                all.addAll(r);
                yield all;
            }
            case Boolean _ when right instanceof Boolean r -> r;
            case Object l when right != null && l.getClass() == right.getClass() ->
                    Typed.zero(right) ? l : right;
            default -> throw new BadYaml(1, "a patch puts a value of another kind over one");
        };
    }
}
