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
import java.util.stream.Collectors;

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
    private Map<String, Content> files = Map.of();
    private List<Rule> rules = List.of();

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
        return rules().stream().filter(r -> r.matches(labels)).findFirst();
    }

    private synchronized List<Rule> rules() throws IOException {
        Map<String, Content> now = new TreeMap<>();
        for (String path : tree.list(FOLDER)) {
            boolean direct = path.indexOf('/') == path.lastIndexOf('/');
            if (direct && path.endsWith(ENDING)) {
                tree.get(path).ifPresent(c -> now.put(path, c));
            }
        }
        if (!now.equals(files)) {
            rules = read(now);
            files = now;
        }
        return rules;
    }

    private List<Rule> read(Map<String, Content> all) throws IOException {
        List<Rule> read = new ArrayList<>();
        for (var file : all.entrySet()) {
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
                        new Rule(
                                g.profile() == null ? "" : g.profile(), selector, metadata, text));
    }
}
