package dev.ichor.netboot;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which group of the tree a request belongs to, by Matchbox's rules. Files are looked at at each
/// request, and read again only when they have changed.
final class Groups {
    private static final String FOLDER = "groups";
    private static final String ENDING = ".json";

    /// More selectors first; among as many, the text of the selectors backwards.
    private static final Comparator<Rule> ORDER =
            Comparator.comparingInt((Rule r) -> -r.selector().size())
                    .thenComparing(Rule::text, Comparator.reverseOrder());

    private final BootTree tree;
    private final MatchboxJson json;
    private final ReentrantLock looking = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private Map<String, Content> files = Map.of();
    private Rules rules = new Rules(Map.of(), List.of());
    private long seen;

    /// What can be matched, in order.
    ///
    /// @param byMac those that want one hardware address, by it
    /// @param others all others
    private record Rules(Map<String, List<Rule>> byMac, List<Rule> others) {
        static Rules of(List<Rule> sorted) {
            return new Rules(
                    sorted.stream()
                            .filter(r -> r.selector().containsKey(Labels.MAC))
                            .collect(Collectors.groupingBy(r -> r.selector().get(Labels.MAC))),
                    sorted.stream().filter(r -> !r.selector().containsKey(Labels.MAC)).toList());
        }

        Optional<Rule> match(Labels labels) {
            String mac = labels.values().getOrDefault(Labels.MAC, "");
            return Stream.of(byMac.getOrDefault(mac, List.of()), others)
                    .flatMap(list -> list.stream().filter(r -> r.matches(labels)).limit(1))
                    .min(ORDER);
        }
    }

    /// A group that can be matched.
    ///
    /// @param selector hardware addresses normalised
    /// @param text the selectors, sorted, as `key=value,…`
    record Rule(
            String profile,
            TreeMap<String, String> selector,
            Map<String, Object> metadata,
            String text) {
        /// A label that is not there counts as empty.
        boolean matches(Labels labels) {
            return selector.entrySet().stream()
                    .allMatch(
                            e -> e.getValue().equals(labels.values().getOrDefault(e.getKey(), "")));
        }
    }

    Groups(BootTree tree, MatchboxJson json) {
        this.tree = tree;
        this.json = json;
    }

    /// @throws IOException when the tree cannot be read
    Optional<Rule> match(Labels labels) throws IOException {
        return rules().match(labels);
    }

    /// One look at the folder answers all who asked before it began, so that an edit is seen by the
    /// next request, and many requests at once cost one look.
    private Rules rules() throws IOException {
        long needed = begun.get() + 1;
        looking.lock();
        try {
            if (seen < needed) {
                long look = begun.incrementAndGet();
                look();
                seen = look;
            }
            return rules;
        } finally {
            looking.unlock();
        }
    }

    private void look() throws IOException {
        Map<String, Content> now = tree.files(FOLDER);
        now.keySet().removeIf(path -> !path.endsWith(ENDING));
        if (!now.equals(files)) {
            rules = Rules.of(read(now));
            files = now;
        }
    }

    private List<Rule> read(Map<String, Content> all) throws IOException {
        List<Rule> read = new ArrayList<>();
        for (var file : new TreeMap<>(all).entrySet()) {
            json.read(file.getKey(), file.getValue(), MatchboxJson.Group.class)
                    .flatMap(Groups::rule)
                    .ifPresent(read::add);
        }
        read.sort(ORDER);
        return read;
    }

    /// Empty when a hardware address in the selector is none.
    private static Optional<Rule> rule(MatchboxJson.Group g) {
        TreeMap<String, String> selector = new TreeMap<>();
        Map<String, String> raw = g.selector() == null ? Map.of() : g.selector();
        for (var e : raw.entrySet()) {
            boolean mac = e.getKey().toLowerCase(Locale.ROOT).equals(Labels.MAC);
            Optional<String> value =
                    mac ? Labels.hardware(e.getValue()) : Optional.of(e.getValue());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            selector.put(e.getKey(), value.get());
        }
        String text =
                selector.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(","));
        return TemplateData.fromJson(g.metadata() == null ? Map.of() : g.metadata())
                .map(metadata ->
                        new Rule(g.profile() == null ? "" : g.profile(), selector, metadata, text));
    }
}
