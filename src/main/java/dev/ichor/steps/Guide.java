package dev.ichor.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ichor.router.Change;
import dev.ichor.router.Recipes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The help that is longer than a step's, one page a subject. The texts lie beside, in English and
/// German: a line a paragraph, `#` a title, `-` an item, which may begin with the
/// [dev.ichor.diagnosis.Cause] it is about in brackets.
public enum Guide {
    /// How a machine starts from the network.
    BOOTS,
    /// What to enter in the router.
    ROUTER,
    /// What the NAS does.
    NAS,
    /// Machines that never start from their disk.
    NETBOOT,
    /// Every cause why a machine does not boot, and what to do.
    STUCK;

    private static final List<String> LANGUAGES = List.of("en", "de");
    private static final String RECIPES = "{recipes}";

    /// A line of a page.
    ///
    /// @param cause the name of a cause, or empty
    public record Line(Kind kind, String text, String cause) {}

    /// What a line is.
    public enum Kind {
        /// The page's title, its first line.
        TITLE,
        /// A section's title.
        SECTION,
        /// A paragraph.
        PARAGRAPH,
        /// One of a list.
        ITEM
    }

    /// The languages there are, the one for all others first.
    public static List<Locale> languages() {
        return LANGUAGES.stream().map(Locale::of).toList();
    }

    /// The page of that name in small letters, as a command line has it.
    public static Optional<Guide> named(String name) {
        return Stream.of(values()).filter(g -> g.toString().equals(name)).findFirst();
    }

    /// The title in a language.
    public String title(Locale language) {
        return lines(language).getFirst().text();
    }

    /// The page in a language, in English where there is none in it.
    public List<Line> lines(Locale language) {
        String suffix = language.getLanguage();
        String name = this + "." + (LANGUAGES.contains(suffix) ? suffix : "en") + ".txt";
        try (InputStream in = Guide.class.getResourceAsStream("guide/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the page " + name + " is missing");
            }
            List<Line> all = new ArrayList<>();
            new String(in.readAllBytes(), UTF_8).lines().forEach(l -> add(all, l));
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(List<Line> all, String line) {
        if (line.equals(RECIPES)) {
            Recipes.of(new Change.Boot(true, "SERVER", "FILE"))
                    .forEach(r -> all.add(new Line(Kind.ITEM, r, "")));
        } else if (line.startsWith("- [")) {
            int end = line.indexOf("] ");
            all.add(new Line(Kind.ITEM, line.substring(end + 2), line.substring(3, end)));
        } else if (line.startsWith("- ")) {
            all.add(new Line(Kind.ITEM, line.substring(2), ""));
        } else if (line.startsWith("## ")) {
            all.add(new Line(Kind.SECTION, line.substring(3), ""));
        } else if (line.startsWith("# ")) {
            all.add(new Line(Kind.TITLE, line.substring(2), ""));
        } else if (!line.isBlank()) {
            all.add(new Line(Kind.PARAGRAPH, line, ""));
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
