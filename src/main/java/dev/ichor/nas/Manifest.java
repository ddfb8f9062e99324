package dev.ichor.nas;

import dev.ichor.nas.Remote.Stat;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What lies on the NAS, written beside it, so that nothing has to be read back to compare. Safe
/// for many threads.
final class Manifest {
    static final String PATH = ".ichor-manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST = 8 << 20;

    private final Map<String, Entry> files;
    private boolean changed;

    /// One file.
    ///
    /// @param size bytes
    /// @param modified seconds since 1970 by the NAS's clock
    /// @param sha256 lower-case hex
    /// @param ours whether we put it there; else it was the same already
    record Entry(long size, int modified, String sha256, boolean ours) {
        boolean is(Stat now) {
            return size == now.size() && modified == now.modified();
        }
    }

    Manifest(Map<String, Entry> files) {
        this.files = new TreeMap<>(files);
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

    synchronized byte[] bytes() {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(files)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The hash, when the file is still as we knew it.
    synchronized Optional<String> hash(String path, Stat now) {
        return Optional.ofNullable(files.get(path)).filter(e -> e.is(now)).map(Entry::sha256);
    }

    /// The files that we put there.
    synchronized List<String> ours() {
        return files.entrySet().stream()
                .filter(e -> e.getValue().ours())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// A file was put there.
    synchronized void put(String path, Stat now, String sha256) {
        files.put(path, new Entry(now.size(), now.modified(), sha256, true));
        changed = true;
    }

    /// A file was found to be the same.
    synchronized void found(String path, Stat now, String sha256) {
        Entry before = files.get(path);
        files.put(
                path,
                new Entry(now.size(), now.modified(), sha256, before != null && before.ours()));
        changed = true;
    }

    /// Files that a copying which broke off has put there.
    synchronized void own(Predicate<String> which) {
        files.replaceAll(
                (path, e) -> which.test(path) ? new Entry(e.size, e.modified, e.sha256, true) : e);
    }

    /// A file was taken away.
    synchronized void remove(String path) {
        files.remove(path);
        changed = true;
    }

    /// Whether it has to be written anew.
    synchronized boolean changed() {
        return changed;
    }
}
