package dev.ichor.timeline;

import java.util.Locale;

/// A drawing as SVG 1.1, without scripts and foreign fonts.
public final class Svg {
    private static final String FONT = "Segoe UI, Inter, Noto Sans, DejaVu Sans, sans-serif";

    private Svg() {}

    /// The whole file.
    public static String of(Drawing d) {
        StringBuilder out = new StringBuilder();
        out.append(
                say(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\""
                                + " height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\""
                                + " font-family=\"%3$s\">\n",
                        d.width(), d.height(), FONT));
        d.shapes().forEach(s -> out.append(shape(s)).append('\n'));
        return out.append("</svg>\n").toString();
    }

    private static String shape(Drawing.Shape shape) {
        return switch (shape) {
            case Drawing.Box b ->
                    say(
                            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                                    + " fill=\"%s\">%s</rect>",
                            b.x(), b.y(), b.width(), b.height(), b.ink().hex(), tip(b.tip()));
            case Drawing.Line l ->
                    say(
                            "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>",
                            l.x1(), l.y1(), l.x2(), l.y2(), l.ink().hex());
            case Drawing.Words w ->
                    say(
                            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" text-anchor=\"%s\""
                                    + " fill=\"%s\">%s</text>",
                            w.x(),
                            w.y(),
                            w.size(),
                            w.ends() ? "end" : "start",
                            w.ink().hex(),
                            escaped(w.text()));
            case Drawing.Flag f ->
                    say(
                            "<path d=\"M%1$.1f %2$.1fl-4 -7h8z\" fill=\"%3$s\">%4$s</path>",
                            f.x(), f.y(), f.ink().hex(), tip(f.tip()));
        };
    }

    private static String tip(String words) {
        return words.isEmpty() ? "" : "<title>" + escaped(words) + "</title>";
    }

    /// A machine may call itself anything: what XML 1.0 forbids is left out.
    private static String escaped(String words) {
        StringBuilder out = new StringBuilder();
        words.codePoints()
                .filter(Svg::allowed)
                .forEach(c -> {
                    switch (c) {
                        case '&' -> out.append("&amp;");
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        default -> out.appendCodePoint(c);
                    }
                });
        return out.toString();
    }

    private static boolean allowed(int c) {
        boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c >= ' ' && !lone && c != 0xfffe && c != 0xffff;
    }

    private static String say(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
