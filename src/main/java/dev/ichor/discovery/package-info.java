/// Who is on this network, and waking them.
///
/// Sweeps a network with empty UDP datagrams and reads the system's neighbour table; never needs
/// rights of root.
@NullMarked
package dev.ichor.discovery;

import org.jspecify.annotations.NullMarked;
