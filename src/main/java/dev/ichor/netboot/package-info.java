/// Decides what each machine gets and hands it out: ProxyDHCP, TFTP and Matchbox-compatible HTTP.
///
/// Decisions are pure functions; sockets are thin around them. Everything seen is reported as a
/// boot event.
@NullMarked
package dev.ichor.netboot;

import org.jspecify.annotations.NullMarked;
