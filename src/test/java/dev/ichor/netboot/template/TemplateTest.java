package dev.ichor.netboot.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Our templates beside Go's.
class TemplateTest {
    private static final Map<String, Object> DATA = data();
    private static final Map<String, String> QUERY = Map.of("mac", "aa");

    private static Map<String, Object> data() {
        Map<String, Object> d = new LinkedHashMap<>();
        d.put("name", "node");
        d.put("count", 3.0);
        d.put("big", 12345678901234.0);
        d.put("pi", 3.14159);
        d.put("small", 0.00001234);
        d.put("yes", true);
        d.put("no", false);
        d.put("none", List.of());
        d.put("nothing", null);
        d.put("list", List.of("a", "b", "c"));
        d.put("html", "<a href='x'>\"T&C\"=é</a>");
        d.put("map", Map.of("inner", "in", "list", List.of(1.0, true), "zoo", 1e6));
        return d;
    }

    private static Map<String, Object> ours() {
        Map<String, Object> d = new LinkedHashMap<>(DATA);
        d.put("request", Map.of("query", new TextMap(QUERY), "raw_query", "mac=aa"));
        return d;
    }

    private static Optional<String> ours(String template) {
        try {
            return Optional.of(Template.parse(template).render(ours()));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    @Test
    void templates_render_as_in_go() throws Exception {
        try (GoTemplate go = GoTemplate.startOrSkip()) {
            for (String t : Samples.TEMPLATES) {
                assertThat(ours(t)).as(t).isEqualTo(go.render(t, DATA, QUERY));
            }
        }
    }

    @Test
    void random_templates_render_as_in_go_or_not_at_all() throws Exception {
        try (GoTemplate go = GoTemplate.startOrSkip()) {
            Gen.check(
                    Gen.often(3_000),
                    gen -> {
                        String t = String.join("", gen.list(8, TemplateTest::piece));
                        Optional<String> ours = ours(t);
                        Optional<String> theirs = go.render(t, DATA, QUERY);
                        if (ours.isPresent()) {
                            assertThat(ours).as(t).isEqualTo(theirs);
                        } else if (!refusal(t, ours()).endsWith("is not understood here")) {
                            assertThat(theirs).as(t).isEmpty();
                        }
                    });
        }
    }

    private static String piece(Gen gen) {
        return gen.of(
                "{{" + expression(gen, 2) + "}}",
                "{{- " + expression(gen, 2) + " -}}",
                "{{if " + expression(gen, 1) + "}}A{{else}}B{{end}}",
                "{{if " + expression(gen, 1) + "}}A",
                "{{end}}",
                "{{with " + expression(gen, 1) + "}}{{.}}{{end}}",
                "{{range $k, $v := " + expression(gen, 1) + "}}{{$k}}{{$v}}{{end}}",
                "{{range " + expression(gen, 1) + "}}[{{.}}]{{else}}none{{end}}",
                "{{$x := " + expression(gen, 1) + "}}",
                "{{$x}}",
                " text ",
                "\n");
    }

    private static String expression(Gen gen, int depth) {
        String plain =
                gen.of(
                        ".name",
                        ".count",
                        ".pi",
                        ".yes",
                        ".no",
                        ".list",
                        ".map",
                        ".map.inner",
                        ".none",
                        ".nothing",
                        ".",
                        "$",
                        "$.name",
                        "1",
                        "-2",
                        "1.5",
                        "\"t\"",
                        "`r`",
                        "'x'",
                        "true",
                        "nil",
                        ".absent");
        if (depth == 0 || gen.oneIn(3)) {
            return plain;
        }
        String a = expression(gen, depth - 1);
        String b = expression(gen, depth - 1);
        return gen.of(
                a
                        + " | "
                        + gen.of(
                                "html",
                                "js",
                                "urlquery",
                                "len",
                                "not",
                                "print",
                                "println",
                                "printf \"%v\""),
                gen.of("eq", "ne", "lt", "le", "gt", "ge", "and", "or", "index", "print")
                        + " ("
                        + a
                        + ") ("
                        + b
                        + ")",
                "printf \"" + format(gen) + "\" (" + a + ") " + plain,
                "(" + a + ")",
                "len (" + a + ")");
    }

    private static String format(Gen gen) {
        return String.join(
                "-",
                gen.list(
                        3,
                        g ->
                                "%"
                                        + g.of("", "-", "+", "0", " ")
                                        + g.of("", "6", "12")
                                        + g.of("", ".2", ".0")
                                        + g.of(
                                                "v", "s", "d", "q", "t", "x", "f", "g", "e", "z",
                                                "c")));
    }

    @Test
    void broken_templates_end_with_the_named_exception() {
        Gen.check(
                Gen.often(10_000),
                gen -> {
                    String t =
                            String.join(
                                    "",
                                    gen.list(
                                            30,
                                            g ->
                                                    g.of(
                                                            "{{", "}}", "-", " ", "(", ")", "|",
                                                            "$", "$x", ":=", ",", ".", ".a", "if",
                                                            "else", "end", "range", "with", "\"",
                                                            "`", "'", "\\", "/*", "*/", "printf",
                                                            "1", "\n", "é")));
                    ours(t);
                });
    }

    @Test
    void deep_and_endless_templates_are_refused() {
        assertThat(ours("{{" + "(".repeat(5000) + "1" + ")".repeat(5000) + "}}")).isEmpty();
        assertThat(ours("{{if 1}}".repeat(5000) + "{{end}}".repeat(5000))).isEmpty();
        assertThat(ours("{{range 1000000000}}{{range 1000000}}xxxxxxxxxxxx{{end}}{{end}}"))
                .isEmpty();
    }

    @Test
    void literal_braces_come_back_byte_for_byte() throws Exception {
        Gen.check(
                Gen.often(10_000),
                gen -> {
                    String text = braces(gen);
                    String template = TemplateText.escape(text);
                    assertThat(Template.parse(template).render(Map.of())).isEqualTo(text);
                    assertThat(TemplateText.unescape(template)).isEqualTo(text);
                });
        try (GoTemplate go = GoTemplate.startOrSkip()) {
            Gen.check(
                    Gen.often(1_000),
                    gen -> {
                        String text = braces(gen);
                        assertThat(go.render(TemplateText.escape(text), Map.of(), Map.of()))
                                .contains(text);
                    });
        }
    }

    private static String braces(Gen gen) {
        return String.join(
                "",
                gen.list(
                        20,
                        g ->
                                g.of(
                                        "{",
                                        "}",
                                        "{{",
                                        "}}",
                                        "{{\"{{\"}}",
                                        "\"",
                                        "-",
                                        " ",
                                        "\n",
                                        "`",
                                        "a",
                                        ".x",
                                        "é")));
    }

    @Test
    void what_is_not_understood_is_named_with_its_line() {
        assertThat(refusal("a\n{{template \"x\"}}"))
                .isEqualTo("2 {{template}} is not understood here");
        assertThat(refusal("a\n\n{{lookup .x}}"))
                .isEqualTo("3 function \"lookup\" not understood here");
        assertThat(refusal("{{printf \"%[2]d\" 1 2}}"))
                .isEqualTo("1 printf: %[ is not understood here");
        assertThat(refusal("a {{.absent}}")).isEqualTo("1 no value for \"absent\"");
    }

    private static String refusal(String template) {
        return refusal(template, Map.of());
    }

    private static String refusal(String template, Map<String, Object> data) {
        try {
            return Template.parse(template).render(data);
        } catch (TemplateException e) {
            return e.line() + " " + e.getMessage();
        }
    }
}
