package dev.ichor.boot;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A [BootTree] held in memory.
record MemoryTree(SortedMap<String, Content> files) implements BootTree {
    MemoryTree(Map<String, Content> files) {
        this(Collections.unmodifiableSortedMap(new TreeMap<>(files)));
    }

    @Override
    public Optional<Content> get(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public SortedSet<String> list(String folder) {
        if (folder.isEmpty()) {
            return new TreeSet<>(files.keySet());
        }
        return new TreeSet<>(files.subMap(folder + "/", folder + "0").keySet());
    }
}
