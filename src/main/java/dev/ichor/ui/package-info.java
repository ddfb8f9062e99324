/// The wizard and the live monitor: shows snapshots, sends intents. The only package that knows
/// JavaFX.
@NullMarked
package dev.ichor.ui;

import org.jspecify.annotations.NullMarked;
