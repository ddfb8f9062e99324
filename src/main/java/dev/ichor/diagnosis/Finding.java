package dev.ichor.diagnosis;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Why a machine does not boot, as far as it can be told from outside.
///
/// @param cause which rule found it
/// @param mac the machine, or null when it is about the network or this PC
/// @param what the cause in plain words
/// @param evidence what was seen: a packet, a file, a line
/// @param advice what to do
/// @param remedy what the program can do
/// @param since when the evidence was seen
public record Finding(
        Cause cause,
        @Nullable Mac mac,
        String what,
        String evidence,
        String advice,
        Remedy remedy,
        Instant since) {
    /// Its words as a front shows them.
    public Problem problem() {
        String why =
                evidence.isEmpty()
                        ? ""
                        : Character.toUpperCase(evidence.charAt(0)) + evidence.substring(1) + ".";
        return new Problem(what, why.replaceAll("\\.\\.$", "."), advice);
    }

    /// One line with all that is said.
    @Override
    public String toString() {
        String who = mac == null ? "" : mac + ": ";
        return who + what + " (" + evidence + ") " + advice;
    }
}
