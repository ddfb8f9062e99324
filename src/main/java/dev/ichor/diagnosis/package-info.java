/// Why a machine does not boot: pure functions from facts to findings.
@NullMarked
package dev.ichor.diagnosis;

import org.jspecify.annotations.NullMarked;
