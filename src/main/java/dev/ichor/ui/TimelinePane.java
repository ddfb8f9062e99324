package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.timeline.Drawing;
import dev.ichor.timeline.Kind;
import dev.ichor.timeline.Picture;
import dev.ichor.timeline.Svg;
import dev.ichor.timeline.Timeline;

import javafx.application.Platform;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The whole boot as a picture that grows while it goes on, to be saved as SVG and PNG.
final class TimelinePane extends VBox {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /// A picture this high takes long to draw: it is not drawn anew each second.
    private static final double HIGH = 2000;

    /// The words need room, however small the window is.
    private static final double NARROW = 700;

    private static final double SCROLL_BAR = 16;
    private static final long OFTEN_MILLIS = 1000;
    private static final long SELDOM_MILLIS = 10_000;

    private final Desk.Surroundings around;
    private final ScrollPane scroll = new ScrollPane();
    private final Notice said = new Notice("timeline-said");
    private final AtomicBoolean drawing = new AtomicBoolean();
    private final Button back;

    private Timeline line = new Timeline(Instant.EPOCH, Instant.EPOCH, List.of());
    private Drawing shown = new Drawing(1, 1, List.of());
    private Instant drawn = Instant.MIN;

    /// @param goBack to the machines
    TimelinePane(Desk.Surroundings around, Runnable goBack) {
        this.around = around;
        setId("timeline");
        getStyleClass().add("stack");
        back = Parts.button("timeline-back", "details.back", Feather.ARROW_LEFT, goBack);
        Button save = Parts.button("timeline-save", "timeline.save", Feather.SAVE, this::save);
        scroll.getStyleClass().add("bare");
        scroll.setMinHeight(120);
        scroll.setPrefHeight(200);
        scroll.setPannable(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(Parts.row(back, Parts.spacer(), save), said, scroll);
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE) {
                        e.consume();
                        goBack.run();
                    }
                });
    }

    /// The keyboard begins at the way back.
    void focus() {
        back.requestFocus();
    }

    /// Draws it anew once in a while; the events are read on a thread of their own.
    ///
    /// @param names host names of the machines of the plan
    void show(Map<Mac, String> names) {
        Instant now = around.clock().instant();
        long pause = shown.height() > HIGH ? SELDOM_MILLIS : OFTEN_MILLIS;
        boolean fresh = drawn.isAfter(now.minusMillis(pause)) && !drawn.equals(Instant.MIN);
        boolean laidOut = scroll.getWidth() > 0;
        if (fresh || !laidOut || !drawing.compareAndSet(false, true)) {
            return;
        }
        drawn = now;
        double width = Math.max(NARROW, scroll.getWidth() - SCROLL_BAR);
        Thread.ofVirtual()
                .name("timeline")
                .start(() -> {
                    List<BootEvent> events = around.log().events();
                    Timeline read = Timeline.of(events, names, now);
                    Drawing next = Picture.of(read, new Owners(), width);
                    Platform.runLater(() -> draw(read, next));
                });
    }

    private void draw(Timeline now, Drawing next) {
        drawing.set(false);
        line = now;
        if (next.equals(shown)) {
            return;
        }
        shown = next;
        scroll.setContent(new TimelineShapes(next));
        scroll.setAccessibleText(words(next));
    }

    /// The headline is the first thing written.
    private static String words(Drawing d) {
        return d.shapes().stream()
                .filter(Drawing.Words.class::isInstance)
                .map(s -> ((Drawing.Words) s).text())
                .findFirst()
                .orElse("");
    }

    private void save() {
        Drawing picture = Picture.of(line, new Owners());
        WritableImage image = new TimelineShapes(picture).snapshot(new SnapshotParameters(), null);
        String name = "timeline-" + STAMP.format(around.clock().instant());
        Path svg = new ClusterFolder(around.folder()).logs().resolve(name + ".svg");
        Path png = svg.resolveSibling(name + ".png");
        Thread.ofVirtual()
                .name("timeline")
                .start(() -> {
                    try {
                        Files.createDirectories(svg.getParent());
                        Files.writeString(svg, Svg.of(picture));
                        Files.write(png, Png.encode(image));
                        Platform.runLater(
                                () -> said.say(Notice.Kind.GOOD, text("timeline.saved", svg, png)));
                    } catch (IOException e) {
                        Platform.runLater(
                                () -> said.problems(Notice.Kind.BAD, List.of(problem(e))));
                    }
                });
    }

    private static Problem problem(IOException e) {
        return new Problem(text("timeline.failed"), String.valueOf(e.getMessage()), "");
    }

    /// The picture's words in the owner's language.
    private static final class Owners implements Picture.Texts {
        @Override
        public String title(int ready, int machines, String took) {
            return text("timeline.title", ready, machines, took);
        }

        @Override
        public String kind(Kind kind) {
            return text("timeline." + kind);
        }

        @Override
        public String end(boolean ready, String took, String waited) {
            String end = text(ready ? "timeline.ready" : "timeline.unready", took);
            return waited.isEmpty() ? end : end + ", " + text("timeline.waited", waited);
        }
    }
}
