package dev.ichor.timeline;

import dev.ichor.timeline.Timeline.Lane;
import dev.ichor.timeline.Timeline.Span;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lays a timeline out: an axis on top, a bar a machine, what the colours mean below.
public final class Picture {
    private static final double PAD = 24;
    private static final double TITLE = 44;
    private static final double AXIS = 26;
    private static final double END = 200;
    private static final double LEAST_PLOT = 300;
    private static final double USUAL = 1200;

    /// The last bar is to be seen turning green.
    private static final double BEYOND = 1.03;

    private static final double LETTER = 7;
    private static final double SMALL = 12;
    private static final int MOST_TICKS = 12;
    private static final int NAME_LETTERS = 22;

    /// Above this many machines the bars become thin and lose their words.
    private static final int MANY = 60;

    private static final List<Long> STEPS =
            List.of(1L, 2L, 5L, 10L, 15L, 30L, 60L, 120L, 300L, 600L, 900L, 1800L, 3600L, 7200L);

    private final Timeline line;
    private final Texts texts;
    private final double row;
    private final double left;
    private final double plot;
    private final double seconds;
    private final List<Drawing.Shape> shapes = new ArrayList<>();

    /// What is written in the picture, in the reader's language.
    public interface Texts {
        /// The headline.
        String title(int ready, int machines, String took);

        /// What a colour means.
        String kind(Kind kind);

        /// Behind a bar.
        ///
        /// @param waited for the owner, or empty
        String end(boolean ready, String took, String waited);
    }

    private Picture(Timeline line, Texts texts, double width) {
        this.line = line;
        this.texts = texts;
        row = line.lanes().size() > MANY ? 12 : 28;
        int longest = line.lanes().stream().mapToInt(l -> name(l).length()).max().orElse(0);
        left = PAD + Math.max(8, longest) * LETTER + 12;
        plot = Math.max(LEAST_PLOT, width - left - END);
        seconds = Math.max(1, since(line.to()) * BEYOND);
    }

    /// Draws it, as wide as a page.
    public static Drawing of(Timeline line, Texts texts) {
        return of(line, texts, USUAL);
    }

    /// Draws it.
    ///
    /// @param width in pixels, if there is room enough for the bars
    public static Drawing of(Timeline line, Texts texts, double width) {
        return new Picture(line, texts, width).draw();
    }

    private Drawing draw() {
        double bottom = TITLE + AXIS + line.lanes().size() * row + 8;
        double width = left + plot + END;
        long ready = line.lanes().stream().filter(Lane::ready).count();
        String took = clock(Duration.between(line.from(), line.to()));
        String title = texts.title((int) ready, line.lanes().size(), took);
        shapes.add(new Drawing.Words(PAD, 30, title, false, 17, Ink.TEXT));
        axis(bottom);
        for (int i = 0; i < line.lanes().size(); i++) {
            lane(line.lanes().get(i), TITLE + AXIS + i * row);
        }
        double height = legend(bottom + 22, width) + PAD;
        shapes.addFirst(new Drawing.Box(0, 0, width, height, Ink.PAPER, ""));
        return new Drawing(width, height, shapes);
    }

    private void axis(double bottom) {
        long step =
                STEPS.stream()
                        .filter(s -> seconds / s <= MOST_TICKS)
                        .findFirst()
                        .orElse((long) Math.ceil(seconds / MOST_TICKS / 3600) * 3600);
        for (long t = 0; t <= seconds; t += step) {
            double x = x(t);
            shapes.add(new Drawing.Line(x, TITLE + AXIS - 4, x, bottom, Ink.GRID));
            String words = clock(Duration.ofSeconds(t));
            shapes.add(
                    new Drawing.Words(
                            x + words.length() * 3.2, TITLE + 14, words, true, SMALL, Ink.MUTED));
        }
    }

    private void lane(Lane lane, double top) {
        boolean thin = row < 20;
        double size = thin ? 10 : 13;
        double foot = top + row / 2 + size / 3;
        shapes.add(new Drawing.Words(left - 10, foot, name(lane), true, size, Ink.TEXT));
        for (Span span : lane.spans()) {
            bar(span, top, thin);
        }
        for (Timeline.Mark mark : lane.marks()) {
            Ink ink = mark.bad() ? Ink.BAD : Ink.GOOD;
            shapes.add(
                    new Drawing.Flag(x(since(mark.at())), top + (thin ? 7 : 9), ink, mark.what()));
        }
        String waited = lane.waited().isZero() ? "" : clock(lane.waited());
        String end = texts.end(lane.ready(), clock(lane.took()), waited);
        shapes.add(new Drawing.Words(left + plot + 10, foot, end, false, size - 1, Ink.MUTED));
    }

    private void bar(Span span, double top, boolean thin) {
        double from = x(since(span.from()));
        double to = Math.min(left + plot, x(since(span.to())));
        if (to <= from) {
            return;
        }
        Ink ink = Ink.of(span.kind());
        String kind = texts.kind(span.kind());
        String tip = kind + " " + clock(span.took());
        double gap = thin ? 2 : 5;
        shapes.add(new Drawing.Box(from, top + gap, to - from, row - 2 * gap, ink, tip));
        boolean fits = kind.length() * LETTER < to - from - 6;
        if (fits && !thin) {
            shapes.add(
                    new Drawing.Words(
                            from + 5, top + row / 2 + 4, kind, false, SMALL, ink.letters()));
        }
    }

    /// @return where its last line is
    private double legend(double top, double width) {
        double x = PAD;
        double y = top;
        for (Kind kind : Kind.values()) {
            String words = texts.kind(kind);
            double next = x + 35 + words.length() * LETTER;
            if (next > width) {
                next = next - x + PAD;
                x = PAD;
                y += 20;
            }
            shapes.add(new Drawing.Box(x, y - 10, 12, 12, Ink.of(kind), ""));
            shapes.add(new Drawing.Words(x + 17, y, words, false, SMALL, Ink.MUTED));
            x = next;
        }
        return y;
    }

    private double since(Instant at) {
        return Duration.between(line.from(), at).toMillis() / 1000.0;
    }

    private double x(double second) {
        return left + plot * second / seconds;
    }

    private static String name(Lane lane) {
        String name = lane.name();
        return name.length() <= NAME_LETTERS ? name : name.substring(0, NAME_LETTERS - 1) + "…";
    }

    /// `0:41`, `1:02:00`.
    private static String clock(Duration d) {
        long s = d.toSeconds();
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }
}
