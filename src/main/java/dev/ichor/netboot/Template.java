package dev.ichor.netboot;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of Go's text/template that is understood: values, `{{.a.b}}`. With anything else in it
/// a file is not rendered at all, so that no machine gets a wrong one.
final class Template {
    private static final Pattern ACTION = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\s*((\\.[A-Za-z_][A-Za-z0-9_]*)+)\\s*");

    private Template() {}

    /// @return empty when an action is not understood or a value is missing
    static Optional<String> render(String text, Map<String, Object> data) {
        StringBuilder out = new StringBuilder();
        Matcher m = ACTION.matcher(text);
        int from = 0;
        while (m.find()) {
            Matcher value = VALUE.matcher(m.group(1));
            if (!value.matches()) {
                return Optional.empty();
            }
            Object found = find(data, value.group(1).substring(1).split("\\."));
            if (found == null) {
                return Optional.empty();
            }
            out.append(text, from, m.start()).append(TemplateData.print(found));
            from = m.end();
        }
        String rest = text.substring(from);
        return rest.contains("{{") ? Optional.empty() : Optional.of(out.append(rest).toString());
    }

    private static @Nullable Object find(Map<String, Object> data, String[] path) {
        Object at = data;
        for (String key : path) {
            if (!(at instanceof Map<?, ?> m)) {
                return null;
            }
            at = m.get(key);
        }
        return at;
    }
}
