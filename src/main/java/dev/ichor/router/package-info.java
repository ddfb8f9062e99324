/// What the LAN's DHCP server tells a machine that asks for a network boot.
@NullMarked
package dev.ichor.router;

import org.jspecify.annotations.NullMarked;
