/// Ignition configs as Matchbox hands them out: of any specification from 3.0 on, checked and
/// written anew in the words of 3.4.
@NullMarked
package dev.ichor.netboot.ignition;

import org.jspecify.annotations.NullMarked;
