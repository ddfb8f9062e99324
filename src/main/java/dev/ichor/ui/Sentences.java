package dev.ichor.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the engine says, in the owner's language. The engine speaks English, into the terminal and
/// the log; here its sentences are known again, gaps and all, and said in the other language. A
/// sentence that is not known stays English.
///
/// The sentences stand in `sentences_LANGUAGE.txt`, each under its English one.
final class Sentences {
    private static final Pattern GAP = Pattern.compile("\\{(\\d)}");
    private static final Pattern BETWEEN = Pattern.compile("(?<=[.!?]) +");

    /// Any text within a sentence; the last gap may hold sentences of its own.
    private static final String WITHIN = "((?:(?![.!?] +[A-Z]).)*?)";

    private static final int REMEMBERED = 1000;

    /// Sentences that the engine has in one text.
    private static final int LONGEST = 6;

    /// How deep a sentence may stand in the gap of another.
    private static final int DEPTH = 3;

    private final List<Known> known;
    private final Map<String, String> said =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private Sentences(List<Known> known) {
        this.known = known;
    }

    /// The sentences of a language; none for English, and for a language that we do not speak.
    static Sentences of(Locale language) {
        String file = "sentences_" + language.getLanguage() + ".txt";
        try (InputStream in = Sentences.class.getResourceAsStream(file)) {
            return new Sentences(
                    in == null
                            ? List.of()
                            : parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A text of the engine in the owner's language, sentence by sentence.
    synchronized String spoken(String english) {
        if (known.isEmpty() || english.isBlank()) {
            return english;
        }
        String before = said.get(english);
        if (before == null) {
            before = spoken(english, DEPTH);
            said.put(english, before);
        }
        return before;
    }

    private String spoken(String english, int depth) {
        List<String> sentences = List.of(BETWEEN.split(english));
        List<String> all = new ArrayList<>();
        int at = 0;
        while (at < sentences.size()) {
            int until = Math.min(sentences.size(), at + LONGEST);
            Optional<String> found = known(sentences.subList(at, until), depth);
            while (found.isEmpty() && until - at > 1) {
                until--;
                found = known(sentences.subList(at, until), depth);
            }
            all.add(found.orElse(sentences.get(at)));
            at = until;
        }
        return String.join(" ", all);
    }

    private Optional<String> known(List<String> sentences, int depth) {
        String english = String.join(" ", sentences);
        for (Known k : known) {
            Matcher m = english.contains(k.longest()) ? k.pattern().matcher(english) : null;
            if (m != null && m.matches()) {
                return Optional.of(
                        GAP.matcher(k.translation())
                                .replaceAll(g -> Matcher.quoteReplacement(filled(m, g, depth))));
            }
        }
        return Optional.empty();
    }

    private String filled(Matcher m, java.util.regex.MatchResult gap, int depth) {
        String text = m.group(Integer.parseInt(gap.group(1)) + 1);
        return depth > 1 && !text.isBlank() ? spoken(text, depth - 1) : text;
    }

    /// The wordiest first, since it says more than one that is mostly gap.
    private static List<Known> parse(String file) {
        return pairs(file).entrySet().stream()
                .map(e -> known(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(Known::words).reversed())
                .toList();
    }

    /// English to the other language, gaps as `{0}`, line ends as `\n`.
    static Map<String, String> pairs(String file) {
        List<String> lines = file.lines().filter(l -> !l.isBlank() && !l.startsWith("# ")).toList();
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            all.put(lines.get(i), lines.get(i + 1));
        }
        return all;
    }

    private static Known known(String english, String translation) {
        List<String> literals = List.of(GAP.split(english.replace("\\n", "\n"), -1));
        String pattern = literals.stream().map(Pattern::quote).collect(Collectors.joining(WITHIN));
        int last = pattern.lastIndexOf(WITHIN);
        if (last >= 0) {
            pattern =
                    pattern.substring(0, last) + "(.*)" + pattern.substring(last + WITHIN.length());
        }
        String longest = literals.stream().max(Comparator.comparing(String::length)).orElseThrow();
        return new Known(
                longest,
                literals.stream().mapToInt(String::length).sum(),
                Pattern.compile(pattern, Pattern.DOTALL),
                translation.replace("\\n", "\n"));
    }

    /// One sentence.
    ///
    /// @param longest its longest part without a gap: most others are told from it by that alone
    /// @param words how many characters are no gap
    private record Known(String longest, int words, Pattern pattern, String translation) {}
}
