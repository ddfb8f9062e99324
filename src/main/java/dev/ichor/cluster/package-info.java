/// The owner's wish as records: what was found, what is wanted, and whether that is enough to
/// begin.
///
/// Needs only `java.base` and knows no protocol. [Draft] is what the owner has said so far,
/// [ClusterPlan] a complete and valid wish; the way from one to the other is the only validation in
/// the program.
@NullMarked
package dev.ichor.cluster;

import org.jspecify.annotations.NullMarked;
