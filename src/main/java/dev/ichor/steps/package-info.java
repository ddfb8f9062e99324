/// The session and the eight steps, for any front.
@NullMarked
package dev.ichor.steps;

import org.jspecify.annotations.NullMarked;
