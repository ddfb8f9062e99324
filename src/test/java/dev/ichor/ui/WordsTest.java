package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.MachineAction;
import dev.ichor.diagnosis.Remedy;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;
import dev.ichor.timeline.Kind;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class WordsTest {
    private static final Pattern QUOTED = Pattern.compile("\"([a-z]+(?:\\.[A-Za-z]+)*)\"");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "ichor", "ui");

    private static final Path GERMAN =
            Path.of("src", "main", "resources", "dev", "ichor", "ui", "words_de.properties");

    private final ResourceBundle bundle =
            ResourceBundle.getBundle("dev.ichor.ui.words", Locale.ROOT);

    @Test
    void every_key_the_sources_name_is_in_the_bundle() throws IOException {
        Pattern call = Pattern.compile("\\btext\\(\\s*\"([a-z.A-Z]+)\"\\s*[,)]");
        Set<String> missing = new TreeSet<>();
        for (String source : sources()) {
            Matcher m = call.matcher(source);
            while (m.find()) {
                if (!bundle.containsKey(m.group(1))) {
                    missing.add(m.group(1));
                }
            }
        }
        made().filter(k -> !bundle.containsKey(k)).forEach(missing::add);

        assertThat(missing).isEmpty();
    }

    @Test
    void every_key_of_the_bundle_is_used() throws IOException {
        Set<String> used = new TreeSet<>(made().toList());
        for (String source : sources()) {
            Matcher m = QUOTED.matcher(source);
            while (m.find()) {
                used.add(m.group(1));
            }
        }
        Set<String> unused = new TreeSet<>(bundle.keySet());
        unused.removeAll(used);

        assertThat(unused).isEmpty();
    }

    @Test
    void every_text_can_be_filled() {
        for (String key : bundle.keySet()) {
            assertThat(MessageFormat.format(bundle.getString(key), 1, 2, 3, 4, 5))
                    .as(key)
                    .isNotBlank()
                    .doesNotContain("{");
        }
    }

    @Test
    void straight_apostrophes_would_swallow_the_gaps() {
        for (String key : bundle.keySet()) {
            assertThat(bundle.getString(key)).as(key).doesNotContain("'");
        }
    }

    @Test
    void german_has_a_text_for_every_key_with_the_same_gaps() throws IOException {
        Properties german = new Properties();
        // Not as a bundle, which would fill what is missing with English.
        try (Reader file = Files.newBufferedReader(GERMAN)) {
            german.load(file);
        }
        Pattern gap = Pattern.compile("\\{(\\d)");
        assertThat(german.stringPropertyNames()).isEqualTo(bundle.keySet());
        for (String key : bundle.keySet()) {
            String words = german.getProperty(key);
            assertThat(gaps(gap, words)).as(key).isEqualTo(gaps(gap, bundle.getString(key)));
            assertThat(words).as(key).doesNotContain("'");
            assertThat(MessageFormat.format(words, 1, 2, 3, 4, 5)).as(key).isNotBlank();
        }
    }

    private static Set<String> gaps(Pattern gap, String words) {
        return gap.matcher(words)
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void an_unknown_language_gets_english_and_german_its_comma() {
        try {
            Words.speak(Locale.FRENCH);
            assertThat(Words.text("back")).isEqualTo("Back");
            assertThat(Figures.bytes(19_500_000)).isEqualTo("19.5 MB");
            Words.speak(Locale.GERMANY);
            assertThat(Words.text("back")).isEqualTo("Zurück");
            assertThat(Figures.bytes(19_500_000)).isEqualTo("19,5 MB");
        } finally {
            Words.speak(Locale.ROOT);
        }
    }

    /// The keys that the sources put together.
    private static Stream<String> setting(String device) {
        return Stream.of("set", "undo", "title", "verb", "same", "done", "failed")
                .map(key -> device + "." + key);
    }

    private static Stream<String> made() {
        Stream<String> steps =
                Stream.of(Step.values())
                        .flatMap(s ->
                                Stream.of("title", "lead", "verb", "busy", "help")
                                        .map(part -> "step." + s + "." + part));
        Stream<String> others =
                Stream.of(
                                Stream.of(StepState.Status.values()).map(s -> "status." + s),
                                Stream.of(Leg.values()).map(l -> "leg." + l.name()),
                                Stream.of(Stage.values()).map(s -> "stage." + s),
                                Stream.of(Detail.Kind.values()).map(k -> "details." + k),
                                Stream.of("details.all"),
                                Stream.of(Kind.values()).map(k -> "timeline." + k),
                                Stream.of(Place.values()).map(p -> "place." + p.name()),
                                Stream.of(Language.values()).map(l -> "language." + l.name()),
                                Stream.of(Look.values()).map(l -> "look." + l.name()),
                                Stream.of("all", "booting", "needing", "ready")
                                        .map(f -> "filter." + f),
                                Stream.of("nas", "console").flatMap(WordsTest::setting),
                                Stream.of("router", "console.login")
                                        .flatMap(d ->
                                                Stream.of(".title", ".words", ".verb")
                                                        .map(k -> d + k)),
                                Stream.of("wipe", "configs")
                                        .flatMap(d ->
                                                Stream.of(".title", ".words", ".name", ".verb")
                                                        .map(k -> d + k)),
                                Stream.of("network", "disk", "wipe").map(w -> "event.script." + w),
                                Stream.of(MachineAction.values())
                                        .map(a ->
                                                "event.action."
                                                        + a.name().toLowerCase(Locale.ROOT)),
                                Stream.of(BootMode.values())
                                        .flatMap(m -> Stream.of("mode." + m, "mode." + m + ".why")),
                                Stream.of(Remedy.values())
                                        .filter(r -> r != Remedy.NONE && r != Remedy.OTHER_LOADER)
                                        .map(r -> "remedy." + r),
                                IntStream.range(0, 8).mapToObj(i -> "keys." + i),
                                Stream.of(BootMode.values())
                                        .filter(BootMode::onNas)
                                        .map(m -> "copy.needed." + m),
                                Stream.of("adapter", "nas", "nashttp", "nasaddress")
                                        .flatMap(g ->
                                                Stream.of(
                                                        "gap." + g + ".what",
                                                        "gap." + g + ".remedy")))
                        .flatMap(s -> s);
        return Stream.concat(steps, others);
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(p -> p.toString().endsWith(".java")).map(WordsTest::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
