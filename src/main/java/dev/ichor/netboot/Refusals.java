package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Tells every refusal of a config, but not a flood of them: what is too much is counted and told
/// with the next one.
final class Refusals {
    /// Told in each [#PERIOD]. Talos asks again every few seconds at most.
    private static final int MOST = 40;

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Reporter reporter;
    private Instant until = Instant.MIN;
    private int told;
    private long untold;

    Refusals(Reporter reporter) {
        this.reporter = reporter;
    }

    synchronized void tell(@Nullable Mac mac, Ip4 from, String reason) {
        Instant now = reporter.now();
        if (!now.isBefore(until)) {
            until = now.plus(PERIOD);
            told = 0;
        }
        if (++told > MOST) {
            untold++;
            return;
        }
        String more = untold == 0 ? "" : " (and " + untold + " refusals more before)";
        untold = 0;
        reporter.tell(at -> new BootEvent.ConfigRefused(at, mac, from, reason + more));
    }
}
