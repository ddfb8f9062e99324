/// Secrets, PKI and machine configs in talosctl's own formats, all offline.
@NullMarked
package dev.ichor.talos;

import org.jspecify.annotations.NullMarked;
