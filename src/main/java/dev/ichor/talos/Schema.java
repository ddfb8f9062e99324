package dev.ichor.talos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which keys a machine config has, in the order they are written, and how each is merged: read off
/// Talos' own library (`machinery.txt`, made by `src/test/oracle/cmd/talos-schema`).
final class Schema {
    /// What a value may be.
    sealed interface Form {
        /// A value without parts: `string`, `bool`, `int`, `float`, `any`, `bytes`, `duration`, or
        /// a notation of its own.
        record Leaf(String name) implements Form {}

        /// One that may be absent, which is not the same as empty.
        record Pointer(Form to) implements Form {}

        /// A list; `merge` names the rule its entries are merged by, or is empty.
        record ListOf(String merge, Form of) implements Form {}

        /// A mapping with free keys; `merge` as above.
        record MapOf(String merge, Form of) implements Form {}

        /// A mapping with known keys.
        record Struct(String type) implements Form {}
    }

    /// One key.
    ///
    /// @param omitEmpty whether it is left out when it says nothing
    /// @param replace whether a patch replaces it instead of adding to it
    record Field(Form form, boolean omitEmpty, boolean replace) {}

    private static final class Holder {
        static final Schema ONE = new Schema();
    }

    private final Map<String, Form.Struct> documents = new HashMap<>();
    private final Map<String, Map<String, Field>> types = new HashMap<>();

    private Schema() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        Schema.class.getResourceAsStream("machinery.txt")),
                                StandardCharsets.US_ASCII))) {
            Map<String, Field> type = new LinkedHashMap<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "#" -> {}
                    case "document" -> documents.put(words[1], new Form.Struct(words[2]));
                    case "type" -> {
                        if (words.length == 2 && words[1].contains(".")) {
                            type = new LinkedHashMap<>();
                            types.put(words[1], type);
                        } else {
                            type.put(words[0], field(words));
                        }
                    }
                    default -> type.put(words[0], field(words));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Read at first use.
    static Schema get() {
        return Holder.ONE;
    }

    /// The document of this kind; the empty kind is the main one.
    Optional<Form.Struct> document(String kind) {
        return Optional.ofNullable(documents.get(kind));
    }

    /// The keys of a mapping, in order.
    Map<String, Field> fields(Form.Struct struct) {
        return Objects.requireNonNull(types.get(struct.type()), struct.type());
    }

    private static Field field(String[] words) {
        boolean omit = false;
        boolean replace = false;
        for (int i = 2; i < words.length; i++) {
            omit |= words[i].equals("omitempty");
            replace |= words[i].equals("replace");
        }
        return new Field(form(words[1]), omit, replace);
    }

    private static Form form(String s) {
        return switch (s.charAt(0)) {
            case '*' -> new Form.Pointer(form(s.substring(1)));
            case '[' -> {
                int end = s.indexOf(']');
                yield new Form.ListOf(s.substring(1, end), form(s.substring(end + 1)));
            }
            case '{' -> {
                int end = s.indexOf('}');
                yield new Form.MapOf(s.substring(1, end), form(s.substring(end + 1)));
            }
            default ->
                    s.startsWith("text") || !s.contains(".")
                            ? new Form.Leaf(s.startsWith("text:") ? s.substring(5) : s)
                            : new Form.Struct(s);
        };
    }
}
