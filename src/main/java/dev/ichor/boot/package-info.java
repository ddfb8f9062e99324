/// The tree that is served, the events that were seen, and the fold of events into progress.
///
/// [BootTree] is every file the machines will ask for, [BootEvent] what happened on the wire and on
/// the nodes, [FleetProgress] what is shown. Nothing here opens a socket.
@NullMarked
package dev.ichor.boot;

import org.jspecify.annotations.NullMarked;
