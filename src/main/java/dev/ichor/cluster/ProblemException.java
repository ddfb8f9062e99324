package dev.ichor.cluster;

import java.io.IOException;

/// The outside failed and we can say what, why and what to do. Caught once a step.
public class ProblemException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /// With the three sentences of [Problem].
    public ProblemException(String what, String why, String remedy) {
        super(what);
        this.problem = new Problem(what, why, remedy);
    }

    /// With a problem that is known already.
    public ProblemException(Problem problem) {
        super(problem.what());
        this.problem = problem;
    }

    /// With the cause kept for our own log.
    public ProblemException(Problem problem, Throwable cause) {
        super(problem.what(), cause);
        this.problem = problem;
    }

    /// What to show.
    public Problem problem() {
        return problem;
    }
}
