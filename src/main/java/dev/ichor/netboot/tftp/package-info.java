/// TFTP packets, bytes to records and back (RFC 1350, 2347, 2348, 2349, 7440). Never logs, waits or
/// decides.
@NullMarked
package dev.ichor.netboot.tftp;

import org.jspecify.annotations.NullMarked;
