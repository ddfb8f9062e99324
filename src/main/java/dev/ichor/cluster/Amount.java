package dev.ichor.cluster;

import java.util.function.Consumer;

/// How far a long piece of work is.
///
/// @param what what is being worked on now, a few words
/// @param done bytes or items done
/// @param of bytes or items in all, −1 when not known
public record Amount(String what, long done, long of) {
    /// For callers that do not want to know.
    public static final Consumer<Amount> IGNORE = amount -> {};

    /// Between 0 and 1, or −1 when the total is not known.
    public double fraction() {
        return of <= 0 ? -1 : Math.min(1, (double) done / of);
    }
}
