/// Whose certificate is believed where no authority vouches for it: a router, a NAS and a machine
/// without config sign their own. Knows no protocol and nobody by name.
@NullMarked
package dev.ichor.trust;

import org.jspecify.annotations.NullMarked;
