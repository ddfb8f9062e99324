package dev.ichor.cli;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// What the command line needs from the wiring.
public interface Platform {
    /// The real network and sources.
    World world() throws IOException;

    /// A variable of the environment, or null.
    default @Nullable String variable(String name) {
        return System.getenv(name);
    }

    /// A pretended network.
    ///
    /// @param kill a machine that dies when it reaches a stage
    Pretend pretend(int machines, Optional<Kill> kill) throws IOException;

    /// Opens the wizard and waits until it is closed.
    ///
    /// @return false when there is no display
    boolean wizard() throws ProblemException;

    /// A machine that dies when it reaches a stage.
    record Kill(Mac mac, Stage stage) {}
}
