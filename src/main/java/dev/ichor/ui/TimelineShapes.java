package dev.ichor.ui;

import dev.ichor.timeline.Drawing;
import dev.ichor.timeline.Ink;

import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A drawing on the screen. Bars of one colour are one node, so that a thousand machines are still
/// a few nodes and their words.
final class TimelineShapes extends Pane {
    private final Drawing drawing;
    private final Tooltip tip = new Tooltip();

    TimelineShapes(Drawing drawing) {
        this.drawing = drawing;
        getStyleClass().add("timeline-shapes");
        setMinSize(drawing.width(), drawing.height());
        setMaxSize(drawing.width(), drawing.height());
        Map<Ink, List<PathElement>> bars = new EnumMap<>(Ink.class);
        Map<Ink, List<PathElement>> flags = new EnumMap<>(Ink.class);
        List<Text> words = new ArrayList<>();
        for (Drawing.Shape shape : drawing.shapes()) {
            switch (shape) {
                case Drawing.Box b -> box(bars, b);
                case Drawing.Line l ->
                        box(bars, new Drawing.Box(l.x1(), l.y1(), 1, l.y2() - l.y1(), l.ink(), ""));
                case Drawing.Flag f ->
                        polygon(
                                flags, f.ink(), f.x(), f.y(), f.x() - 4, f.y() - 7, f.x() + 4,
                                f.y() - 7);
                case Drawing.Words w -> words.add(text(w));
            }
        }
        fill(bars);
        fill(flags);
        getChildren().addAll(words);
        setOnMouseMoved(e -> point(e.getX(), e.getY(), e.getScreenX(), e.getScreenY()));
        setOnMouseExited(e -> tip.hide());
    }

    private void point(double x, double y, double screenX, double screenY) {
        Optional<String> told = tipAt(new Point2D(x, y));
        if (told.isEmpty()) {
            tip.hide();
        } else if (!tip.isShowing() || !tip.getText().equals(told.get())) {
            tip.setText(told.get());
            tip.show(this, screenX + 14, screenY + 14);
        }
    }

    /// What lies there; a flag counts before the bar under it.
    private Optional<String> tipAt(Point2D at) {
        return drawing.shapes().reversed().stream()
                .map(s -> tip(s, at))
                .filter(t -> !t.isEmpty())
                .findFirst();
    }

    private static String tip(Drawing.Shape shape, Point2D at) {
        return switch (shape) {
            case Drawing.Box b
                    when at.getX() >= b.x()
                            && at.getX() <= b.x() + b.width()
                            && at.getY() >= b.y()
                            && at.getY() <= b.y() + b.height() ->
                    b.tip();
            case Drawing.Flag f when at.distance(f.x(), f.y() - 4) < 6 -> f.tip();
            default -> "";
        };
    }

    private void fill(Map<Ink, List<PathElement>> areas) {
        areas.forEach((ink, elements) -> {
            Path path = new Path(elements);
            path.setFill(Color.web(ink.hex()));
            path.setStroke(null);
            getChildren().add(path);
        });
    }

    private static void box(Map<Ink, List<PathElement>> into, Drawing.Box b) {
        double right = b.x() + b.width();
        double bottom = b.y() + b.height();
        polygon(into, b.ink(), b.x(), b.y(), right, b.y(), right, bottom, b.x(), bottom);
    }

    private static void polygon(Map<Ink, List<PathElement>> into, Ink ink, double... points) {
        List<PathElement> path = into.computeIfAbsent(ink, i -> new ArrayList<>());
        path.add(new MoveTo(points[0], points[1]));
        for (int i = 2; i < points.length; i += 2) {
            path.add(new LineTo(points[i], points[i + 1]));
        }
        path.add(new ClosePath());
    }

    private static Text text(Drawing.Words w) {
        Text t = new Text(w.text());
        t.setFont(Font.font(w.size()));
        t.setTextOrigin(VPos.BASELINE);
        t.setFill(Color.web(w.ink().hex()));
        t.setY(w.y());
        t.setX(w.ends() ? w.x() - t.getLayoutBounds().getWidth() : w.x());
        return t;
    }
}
