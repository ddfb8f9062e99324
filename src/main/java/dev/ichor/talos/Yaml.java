package dev.ichor.talos;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// YAML as talosctl writes it (go-yaml with four columns), so that files compare byte for byte.
final class Yaml {
    private static final int STEP = 4;

    /// What cannot stand in a plain scalar of a block (YAML 1.2 section 7.3.3).
    private static final Pattern NOT_PLAIN =
            Pattern.compile(
                    "[#,\\[\\]{}&*!|>'\"%@`].*|[-?:]( .*|$)| .*|.* |.*: .*|.*:|.*"
                            + " #.*|---.*|\\.\\.\\..*");

    /// A text that go-yaml writes from a node of its own: it forgets there what YAML 1.1 made of
    /// words like `on`.
    record Argument(String text) {}

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

    /// The only document of a text.
    ///
    /// @throws BadYaml when there are none or several
    static YamlTree one(String text) {
        List<YamlTree> documents = YamlReader.read(text);
        if (documents.size() != 1) {
            throw new BadYaml(1, documents.size() + " documents are found, not one");
        }
        return documents.getFirst();
    }

    private void entries(Map<?, ?> map, int indent, String lead) {
        String before = lead;
        for (Map.Entry<?, ?> e : map.entrySet()) {
            out.append(before).append(scalar(e.getKey(), 0)).append(':');
            value(e.getValue(), indent);
            before = " ".repeat(indent);
        }
    }

    private void value(@Nullable Object value, int indent) {
        // go-yaml rounds down to its step after the two columns of a list's "- ".
        int child = STEP * ((indent + STEP) / STEP);
        switch (value) {
            case Map<?, ?> m when !m.isEmpty() -> {
                out.append('\n');
                entries(m, child, " ".repeat(child));
            }
            case List<?> l when !l.isEmpty() -> {
                out.append('\n');
                items(l, child, " ".repeat(child));
            }
            case null, default -> out.append(' ').append(scalar(value, child)).append('\n');
        }
    }

    private void items(List<?> items, int indent, String lead) {
        String before = lead;
        for (Object item : items) {
            out.append(before).append("- ");
            switch (item) {
                case Map<?, ?> m when !m.isEmpty() -> entries(m, indent + 2, "");
                case List<?> l when !l.isEmpty() -> items(l, indent + 2, "");
                case null, default -> out.append(scalar(item, indent + 2)).append('\n');
            }
            before = " ".repeat(indent);
        }
    }

    private static String scalar(@Nullable Object value, int indent) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            case String s -> text(s, indent, Scalars.ambiguous(s));
            case Argument a -> text(a.text(), indent, Scalars.meansMore(a.text()));
            default -> Scalars.written(value);
        };
    }

    private static String text(String s, int indent, boolean quoted) {
        boolean lines = s.indexOf('\n') >= 0;
        if (lines && indent > 0 && block(s)) {
            return literal(s, indent);
        }
        if (lines || quoted || s.chars().anyMatch(Yaml::special)) {
            return '"' + escape(s) + '"';
        }
        return NOT_PLAIN.matcher(s).matches() ? "'" + s.replace("'", "''") + "'" : s;
    }

    /// Whether a text of several lines can stand as it is: not when that would hide a space.
    private static boolean block(String s) {
        return !s.isBlank()
                && !s.endsWith(" ")
                && !s.contains(" \n")
                && s.chars().noneMatch(c -> special(c) && c != '\n' && c != '\t');
    }

    private static boolean special(int c) {
        return c < ' ' || c >= 0x7f && c < 0xa0 || c == 0xfeff || c == 0x2028 || c == 0x2029;
    }

    private static String literal(String s, int indent) {
        StringBuilder t = new StringBuilder("|");
        if (s.startsWith(" ")) {
            t.append(STEP);
        }
        if (!s.endsWith("\n")) {
            t.append('-');
        } else if (s.endsWith("\n\n")) {
            t.append('+');
        }
        String body = s.endsWith("\n") ? s.substring(0, s.length() - 1) : s;
        for (String line : body.split("\n", -1)) {
            t.append('\n').append(line.isEmpty() ? "" : " ".repeat(indent)).append(line);
        }
        return t.toString();
    }

    private static String escape(String s) {
        StringBuilder t = new StringBuilder();
        for (char c : s.toCharArray()) {
            switch (c) {
                case '"', '\\' -> t.append('\\').append(c);
                case '\n' -> t.append("\\n");
                case '\t' -> t.append("\\t");
                case '\r' -> t.append("\\r");
                case 0 -> t.append("\\0");
                case 7 -> t.append("\\a");
                case '\b' -> t.append("\\b");
                case 11 -> t.append("\\v");
                case '\f' -> t.append("\\f");
                case 27 -> t.append("\\e");
                case 0x85 -> t.append("\\N");
                case 0x2028 -> t.append("\\L");
                case 0x2029 -> t.append("\\P");
                case 0xfeff -> t.append("\\uFEFF");
                default -> t.append(special(c) ? "\\x%02X".formatted((int) c) : "" + c);
            }
        }
        return t.toString();
    }
}
