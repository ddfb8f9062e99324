package dev.ichor.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The guide as HTML pages that need nothing else, each in every language.
public final class GuidePages {
    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0"
                    + " 1rem;color-scheme:light dark}li{margin:.4rem 0}nav a{margin-right:1rem}";

    private GuidePages() {}

    /// Writes `boots.en.html`, `boots.de.html` and so on.
    ///
    /// @return how many
    public static int write(Path folder) throws IOException {
        Files.createDirectories(folder);
        int written = 0;
        for (Locale language : Guide.languages()) {
            for (Guide page : Guide.values()) {
                Files.writeString(folder.resolve(name(page, language)), html(page, language));
                written++;
            }
        }
        return written;
    }

    private static String name(Guide page, Locale language) {
        return page + "." + language + ".html";
    }

    private static String html(Guide page, Locale language) {
        StringBuilder h = new StringBuilder("<!DOCTYPE html>\n<html lang=\"" + language + "\">\n");
        h.append("<meta charset=\"utf-8\">\n<title>")
                .append(escape(page.title(language)))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n<nav>");
        for (Guide other : Guide.values()) {
            h.append(link(other, language, other.title(language)));
        }
        for (Locale other : Guide.languages()) {
            h.append(link(page, other, other.getDisplayLanguage(other)));
        }
        h.append("</nav>\n");
        List<Guide.Line> lines = page.lines(language);
        for (int i = 0; i < lines.size(); i++) {
            boolean first = i == 0 || lines.get(i - 1).kind() != Guide.Kind.ITEM;
            boolean last = i + 1 == lines.size() || lines.get(i + 1).kind() != Guide.Kind.ITEM;
            h.append(line(lines.get(i), first, last)).append('\n');
        }
        return h.toString();
    }

    private static String line(Guide.Line line, boolean first, boolean last) {
        String text = escape(line.text());
        return switch (line.kind()) {
            case TITLE -> "<h1>" + text + "</h1>";
            case SECTION -> "<h2>" + text + "</h2>";
            case PARAGRAPH -> "<p>" + text + "</p>";
            case ITEM ->
                    (first ? "<ul>\n" : "")
                            + (line.cause().isEmpty() ? "<li>" : "<li id=\"" + line.cause() + "\">")
                            + text
                            + "</li>"
                            + (last ? "\n</ul>" : "");
        };
    }

    private static String link(Guide page, Locale language, String words) {
        return "<a href=\"" + name(page, language) + "\">" + escape(words) + "</a>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
