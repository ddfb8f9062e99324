/// A whole boot as one picture: a bar a machine, a colour for each thing it did or waited for. From
/// events to spans, from spans to shapes, from shapes to SVG; pure, without a screen.
@NullMarked
package dev.ichor.timeline;

import org.jspecify.annotations.NullMarked;
