package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.util.concurrent.atomic.AtomicReference;

/// What a NAS's tests expect to fail in words.
final class Refused {
    private Refused() {}

    interface Call {
        Object run() throws Exception;
    }

    /// The words of the problem that the call ends with.
    static Problem refused(Call call) {
        AtomicReference<Problem> problem = new AtomicReference<>();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(ProblemException.class, e -> problem.set(e.problem()));
        return problem.get();
    }
}
