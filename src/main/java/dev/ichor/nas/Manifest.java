package dev.ichor.nas;

import dev.ichor.nas.Remote.Stat;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What we left on the NAS, written beside it, so that nothing has to be read back to compare.
///
/// @param files path to what it was
record Manifest(Map<String, Entry> files) {
    static final String PATH = ".ichor-manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST = 8 << 20;

    /// One file.
    ///
    /// @param size bytes
    /// @param modified seconds since 1970 by the NAS's clock
    /// @param sha256 lower-case hex
    record Entry(long size, int modified, String sha256) {}

    Manifest {
        files = new TreeMap<>(files);
    }

    /// Empty when there is none, or one that cannot be understood: then files are read back.
    static Manifest read(Remote remote) throws IOException {
        Optional<Stat> stat = remote.stat(PATH);
        if (stat.isEmpty() || stat.get().size() > LARGEST) {
            return new Manifest(Map.of());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        remote.get(PATH, bytes);
        try {
            return new Manifest(JSON.readValue(bytes.toByteArray(), new TypeReference<>() {}));
        } catch (JacksonException e) {
            return new Manifest(Map.of());
        }
    }

    byte[] bytes() {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(files)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The hash, when the file is still as we left it.
    Optional<String> hash(String path, Stat now) {
        return Optional.ofNullable(files.get(path))
                .filter(e -> e.size() == now.size() && e.modified() == now.modified())
                .map(Entry::sha256);
    }

    void put(String path, Stat now, String sha256) {
        files.put(path, new Entry(now.size(), now.modified(), sha256));
    }
}
