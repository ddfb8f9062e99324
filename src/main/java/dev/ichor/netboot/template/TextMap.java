package dev.ichor.netboot.template;

import java.util.Map;
import java.util.TreeMap;

/// A map whose values are all text (Go's `map[string]string`): `index` with a key that is not there
/// gives an empty text, not nothing.
public final class TextMap extends TreeMap<String, String> {
    private static final long serialVersionUID = 1;

    /// The same entries.
    public TextMap(Map<String, String> entries) {
        super(entries);
    }
}
