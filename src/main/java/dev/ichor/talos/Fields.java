package dev.ichor.talos;

import java.util.LinkedHashMap;
import java.util.Map;

/// A YAML mapping in the making, in the order of writing.
final class Fields {
    private final Map<String, Object> map = new LinkedHashMap<>();

    static Fields of(String key, Object value) {
        return new Fields().put(key, value);
    }

    /// The same as a mapping that is there already.
    static Fields of(Map<String, Object> map) {
        Fields fields = new Fields();
        map.forEach(fields::put);
        return fields;
    }

    /// A pair as machine configs carry it, both in Base64.
    static Fields pair(PemPair pair) {
        return of("crt", Pem.base64(pair.crt())).put("key", Pem.base64(pair.key()));
    }

    /// A certificate whose key the reader must not have.
    static Fields certificateOnly(PemPair pair) {
        return of("crt", Pem.base64(pair.crt())).put("key", "");
    }

    Fields put(String key, Object value) {
        map.put(key, value instanceof Fields f ? f.map : value);
        return this;
    }

    Fields putIf(boolean wanted, String key, Object value) {
        return wanted ? put(key, value) : this;
    }

    Fields putAll(Fields more) {
        map.putAll(more.map);
        return this;
    }

    Map<String, Object> map() {
        return map;
    }
}
