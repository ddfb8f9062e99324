package dev.ichor.netboot.template;

import java.util.List;
import java.util.Map;

/// A template that was read.
public final class Template {
    private final List<Node> nodes;

    private Template(List<Node> nodes) {
        this.nodes = nodes;
    }

    /// Reads a template.
    ///
    /// @throws TemplateException when it is broken or not understood here
    public static Template parse(String text) throws TemplateException {
        return new Template(Parser.parse(text));
    }

    /// Fills in the values; one that is missing is an error (Go's `missingkey=error`).
    ///
    /// @param data of texts, doubles, truth values, lists, maps and null
    /// @throws TemplateException when a value is missing or does not fit
    public String render(Map<String, ?> data) throws TemplateException {
        return new Run(data).all(nodes);
    }
}
