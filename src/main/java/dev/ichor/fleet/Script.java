package dev.ichor.fleet;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What the pretended network is to play.
///
/// @param machines how many machines lie in the drawer, 1 to [#MOST]
/// @param kill the machine that goes wrong, or null
/// @param powerCycleOne whether one worker loses its power once after all nodes are Ready
/// @param mishaps what goes wrong with whom
public record Script(
        int machines, @Nullable Kill kill, boolean powerCycleOne, Map<Mac, Mishap> mishaps) {
    /// As many machines as a pretended network has addresses for.
    public static final int MOST = 1_000;

    /// A machine that switches off for good when it reaches a stage.
    public record Kill(Mac mac, Stage stage) {
        /// Whether the machine is dead once it has got to `reached`; a stage may be skipped.
        boolean strikes(Mac machine, Stage reached) {
            return mac.equals(machine) && reached.compareTo(stage) >= 0;
        }
    }

    /// Refuses a drawer that is empty or too full.
    public Script {
        if (machines < 1 || machines > MOST) {
            throw new IllegalArgumentException(machines + " machines are not in 1–" + MOST);
        }
        mishaps = Map.copyOf(mishaps);
    }

    /// Where no machine goes wrong but the one to be killed.
    public Script(int machines, @Nullable Kill kill, boolean powerCycleOne) {
        this(machines, kill, powerCycleOne, Map.of());
    }
}
