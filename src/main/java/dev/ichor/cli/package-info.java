/// The same steps without a screen.
@NullMarked
package dev.ichor.cli;

import org.jspecify.annotations.NullMarked;
