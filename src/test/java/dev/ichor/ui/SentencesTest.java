package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class SentencesTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "ichor");

    /// What the window does not show: the terminal, the pretended network, what goes to machines
    /// and into files.
    private static final Pattern NOT_SHOWN =
            Pattern.compile(
                    "(cli|ui|fleet|trust|timeline|netboot/(template|ignition)|Ichor\\.java"
                        + "|netboot/(Metrics|Scripts|Web|Assets|Copies|ControlServer"
                        + "|DhcpSockets|Conditions|Html|Matchbox\\.)"
                        + "|steps/(Guide|Report)|host/(FirewallCure|WindowsText)"
                        + "|nas/(Compose|Dnsmasq|Exposure\\.|EntryScript|Kubernetes)|router/Recipes).*");

    private static final Pattern SENTENCE =
            Pattern.compile("[A-Z{\"].*[a-z]{2,}.*[.:?!)]", Pattern.DOTALL);
    private static final Pattern GAP = Pattern.compile("\\{\\d}");
    private static final int WORDS = 2;

    private static Set<String> engine = Set.of();
    private static Map<String, String> german = Map.of();

    private final Sentences sentences = Sentences.of(Locale.GERMANY);

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            engine =
                    EngineTexts.in(
                            files.filter(f -> f.toString().endsWith(".java"))
                                    .filter(f -> !NOT_SHOWN.matcher(name(f)).matches())
                                    .toList());
        }
        german =
                Sentences.pairs(
                        Files.readString(
                                Path.of("src/main/resources/dev/ichor/ui/sentences_de.txt")));
    }

    private static String name(Path file) {
        return SOURCES.relativize(file).toString().replace('\\', '/');
    }

    @Test
    void every_sentence_of_the_engine_has_a_German_one() {
        Set<String> missing = new TreeSet<>(engine);
        missing.removeIf(t -> !SENTENCE.matcher(t).matches() || words(t) < WORDS);
        missing.removeAll(german.keySet());
        assertThat(missing).isEmpty();
    }

    private static int words(String text) {
        return GAP.matcher(text).replaceAll("").strip().split("\\s+").length;
    }

    @Test
    void every_German_sentence_is_one_that_the_engine_says() {
        Set<String> unused = new TreeSet<>(german.keySet());
        unused.removeAll(engine);
        assertThat(unused).isEmpty();
    }

    @Test
    void nothing_gets_lost_in_translation() {
        german.forEach((e, g) -> assertThat(gaps(g)).as(e).isEqualTo(gaps(e)));
    }

    private static List<String> gaps(String text) {
        return GAP.matcher(text).results().map(MatchResult::group).sorted().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The NAS's disk is full.|Der Datenträger des NAS ist voll.",
                "nas.lan has Talos v1.2. Is it?|nas.lan has Talos v1.2. Is it?",
                "/x/cluster.json cannot be read.|/x/cluster.json kann nicht gelesen werden.",
                "That did not work. No such word. Use an administrator."
                        + "|Das ging nicht. No such word. Nehmen Sie einen Verwalter.",
                "The router was not asked: The NAS does not answer."
                        + "|Der Router wurde nicht gefragt: Das NAS antwortet nicht.",
                "3 machines, 1 of them control plane|3 Rechner, davon 1 Control Plane",
                "{0} $1 \\ cannot be read.|{0} $1 \\ kann nicht gelesen werden."
            })
    void what_the_engine_says_is_said_in_German(String english, String expected) {
        assertThat(sentences.spoken(english)).isEqualTo(expected);
    }

    @Test
    void English_stays_as_it_is() {
        assertThat(Sentences.of(Locale.ENGLISH).spoken("The NAS's disk is full."))
                .isEqualTo("The NAS's disk is full.");
    }

    @Test
    void a_text_of_any_length_is_passed_through() {
        String odd = "a. B ".repeat(200) + "cannot be read";
        assertThat(sentences.spoken(odd)).isEqualTo(odd);
    }
}
