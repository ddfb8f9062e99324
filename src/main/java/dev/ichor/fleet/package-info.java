/// Pretend machines, router, NAS and mirror that really speak the protocols, for the demo, tests
/// and load.
@NullMarked
package dev.ichor.fleet;

import org.jspecify.annotations.NullMarked;
