/// What this PC itself is like: who listens on its ports, its firewall, its ways out, its clock.
///
/// Reads and tells; whether something is wrong is judged elsewhere. The only thing it changes is
/// the firewall, when the owner has agreed.
@NullMarked
package dev.ichor.host;

import org.jspecify.annotations.NullMarked;
