/// Puts a tree on a NAS: plan, copy to a temporary name, rename, verify.
@NullMarked
package dev.ichor.nas;

import org.jspecify.annotations.NullMarked;
