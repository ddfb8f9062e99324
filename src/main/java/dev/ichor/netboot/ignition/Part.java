package dev.ichor.netboot.ignition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One object of a config: texts, whole numbers, flags, parts, and lists of texts or parts.
record Part(String type, Map<String, Object> values) {
    static Part empty(String type) {
        return new Part(type, new HashMap<>());
    }

    /// Empty when it is not there.
    Optional<String> text(String name) {
        return values.get(name) instanceof String s ? Optional.of(s) : Optional.empty();
    }

    /// The text, or an empty one.
    String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean is(String name, boolean value) {
        return values.get(name) instanceof Boolean b && b == value;
    }

    /// The number, or zero.
    long number(String name) {
        return values.get(name) instanceof Long n ? n : 0;
    }

    /// The object, or an empty one.
    Part part(String name) {
        return values.get(name) instanceof Part p ? p : empty(name);
    }

    List<?> list(String name) {
        return values.get(name) instanceof List<?> l ? l : List.of();
    }

    /// The objects of a list.
    List<Part> parts(String name) {
        return list(name).stream().filter(Part.class::isInstance).map(Part.class::cast).toList();
    }
}
