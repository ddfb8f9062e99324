/// Decides what each machine gets and hands it out: ProxyDHCP, TFTP and Matchbox-compatible HTTP.
///
/// Decisions are pure functions; sockets are thin around them. Everything seen is reported as a
/// boot event.
///
/// Loggers are asked for when there is something to log, never held: the first one makes Java look
/// into every jar, which would be a third of the program's start.
@NullMarked
package dev.ichor.netboot;

import org.jspecify.annotations.NullMarked;
