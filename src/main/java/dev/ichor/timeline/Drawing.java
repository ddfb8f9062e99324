package dev.ichor.timeline;

import java.util.List;

/// A picture as plain shapes, in pixels; whoever draws it needs to know nothing of machines.
///
/// @param width of the picture
/// @param height of the picture
/// @param shapes back to front
public record Drawing(double width, double height, List<Shape> shapes) {
    /// Copies the list.
    public Drawing {
        shapes = List.copyOf(shapes);
    }

    /// A shape.
    public sealed interface Shape {}

    /// A filled rectangle.
    ///
    /// @param tip what is told of it when pointed at, or empty
    public record Box(double x, double y, double width, double height, Ink ink, String tip)
            implements Shape {}

    /// A thin line.
    public record Line(double x1, double y1, double x2, double y2, Ink ink) implements Shape {}

    /// Words on one line.
    ///
    /// @param x their left end, or their right end where they end there
    /// @param y the foot of the letters
    /// @param ends whether they end at x
    /// @param size of the letters
    public record Words(double x, double y, String text, boolean ends, double size, Ink ink)
            implements Shape {}

    /// A moment: a small triangle with its point at x, y.
    public record Flag(double x, double y, Ink ink, String tip) implements Shape {}
}
