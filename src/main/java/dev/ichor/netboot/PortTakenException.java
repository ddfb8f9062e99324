package dev.ichor.netboot;

import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

/// Somebody else has a port that we need.
public final class PortTakenException extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final PortOwner.Transport transport;
    private final int number;

    PortTakenException(
            Problem problem, Throwable cause, PortOwner.Transport transport, int number) {
        super(problem, cause);
        this.transport = transport;
        this.number = number;
    }

    /// UDP or TCP.
    public PortOwner.Transport transport() {
        return transport;
    }

    /// The port.
    public int number() {
        return number;
    }
}
