package dev.ichor.nas;

import dev.ichor.nas.Remote.Stat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is told of many files: folder by folder where there are several in one, else one by one.
final class Listing {
    /// Opening, reading and closing a folder takes as many round trips.
    private static final int WORTH_IT = 4;

    private Listing() {}

    /// @return those that are there
    static Map<String, Stat> of(Crew crew, Collection<String> paths) throws IOException {
        Map<String, List<String>> folders = new TreeMap<>();
        for (String path : paths) {
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            folders.computeIfAbsent(folder, f -> new ArrayList<>()).add(path);
        }
        List<String> many =
                folders.keySet().stream()
                        .filter(f -> folders.getOrDefault(f, List.of()).size() > WORTH_IT)
                        .toList();
        List<Optional<Map<String, Stat>>> told = crew.each(many, Remote::listing);
        Map<String, Stat> all = new HashMap<>();
        for (int i = 0; i < many.size(); i++) {
            Optional<Map<String, Stat>> files = told.get(i);
            if (files.isPresent()) {
                String folder = many.get(i);
                files.get().forEach((name, stat) -> all.put(folder + name, stat));
                folders.remove(folder);
            }
        }
        List<String> rest = folders.values().stream().flatMap(List::stream).toList();
        List<Optional<Stat>> stats = crew.each(rest, Remote::stat);
        for (int i = 0; i < rest.size(); i++) {
            String path = rest.get(i);
            stats.get(i).ifPresent(s -> all.put(path, s));
        }
        return all;
    }
}
