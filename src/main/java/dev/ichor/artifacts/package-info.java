/// Talos and boot loaders: fetch, resume, verify, cache. The only package that talks to the
/// internet.
@NullMarked
package dev.ichor.artifacts;

import org.jspecify.annotations.NullMarked;
