package dev.ichor.steps;

import dev.ichor.cluster.ProblemException;

import java.nio.file.Path;

/// Another window keeps the cluster open; it can still be looked at.
public final class HeldException extends ProblemException {
    private static final long serialVersionUID = 1L;

    HeldException(Path folder) {
        super(
                "The cluster in " + folder + " is open in another window.",
                "Each would overwrite what the other saves.",
                "Go on in that window, or close it first.");
    }
}
