package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.diagnosis.Cause;
import dev.ichor.steps.Guide.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class GuideTest {
    @TempDir private Path dir;

    private static List<String> causes(Locale language) {
        return Guide.STUCK.lines(language).stream()
                .map(Guide.Line::cause)
                .filter(c -> !c.isEmpty())
                .toList();
    }

    @Test
    void every_cause_the_doctor_knows_is_told_once_in_every_language() {
        for (Locale language : Guide.languages()) {
            assertThat(causes(language))
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(Cause.values()).map(Cause::name).toList())
                    .isEqualTo(causes(Locale.ENGLISH));
        }
    }

    @Test
    void every_page_has_the_same_shape_in_every_language() {
        for (Guide page : Guide.values()) {
            List<Kind> shape = kinds(page, Locale.ENGLISH);
            assertThat(shape).startsWith(Kind.TITLE).contains(Kind.ITEM);
            for (Locale language : Guide.languages()) {
                assertThat(kinds(page, language)).as(page + " " + language).isEqualTo(shape);
            }
        }
    }

    private static List<Kind> kinds(Guide page, Locale language) {
        return page.lines(language).stream().map(Guide.Line::kind).toList();
    }

    @Test
    void an_unknown_language_gets_english_and_the_router_page_its_recipes() {
        assertThat(Guide.ROUTER.lines(Locale.FRENCH))
                .isEqualTo(Guide.ROUTER.lines(Locale.ENGLISH))
                .extracting(Guide.Line::text)
                .contains("dnsmasq: dhcp-boot=FILE,,SERVER");
    }

    @Test
    void the_pages_are_whole_html_and_lead_to_each_other() throws Exception {
        assertThat(GuidePages.write(dir)).isEqualTo(10);
        try (Stream<Path> pages = Files.list(dir)) {
            for (Path page : pages.toList()) {
                String html = Files.readString(page);
                assertThat(html)
                        .startsWith("<!DOCTYPE html>\n<html lang=\"")
                        .doesNotContain("{recipes}");
                Pattern.compile("href=\"([^\"]+)\"")
                        .matcher(html)
                        .results()
                        .forEach(m -> assertThat(dir.resolve(m.group(1))).exists());
                assertThat(html.split("<ul>", -1)).hasSameSizeAs(html.split("</ul>", -1));
            }
        }
    }
}
