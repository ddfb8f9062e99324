/// Main and wiring: the only place that knows all packages.
@NullMarked
package dev.ichor;

import org.jspecify.annotations.NullMarked;
