/// DHCP and PXE packets, bytes to records and back (RFC 2131, 2132, 4578; PXE 2.1). Never logs,
/// waits or decides.
@NullMarked
package dev.ichor.netboot.dhcp;

import org.jspecify.annotations.NullMarked;
