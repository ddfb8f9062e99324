package dev.ichor.steps;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;

/// What the owner is told of a step that failed.
final class Faults {
    /// We are wrong.
    static final Problem UNKNOWN =
            new Problem(
                    "Ichor has a fault.",
                    "It met something its builders did not think of; nothing you did.",
                    "Please report it with the file ichor.0.log.");

    private Faults() {}

    static Problem words(Exception e) {
        System.getLogger(Session.class.getName()).log(System.Logger.Level.INFO, "step failed", e);
        return switch (e) {
            case ProblemException p -> p.problem();
            case IOException io ->
                    new Problem(
                            "That did not work.",
                            "The system says: " + said(io) + ".",
                            "Try again.");
            default -> UNKNOWN;
        };
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
