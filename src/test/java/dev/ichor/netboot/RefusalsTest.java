package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class RefusalsTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 FORGER = Ip4.of("10.0.0.66");

    private final BootLog log = new BootLog();
    private Instant now = T;
    private final Refusals refusals = new Refusals(new Reporter(log, () -> now));

    @Test
    void a_flood_of_refusals_is_counted_and_told_with_the_next_one() {
        for (int n = 0; n < 1000; n++) {
            refusals.tell(NODE, FORGER, "No.");
        }
        assertThat(log.events())
                .hasSize(40)
                .containsOnly(new BootEvent.ConfigRefused(T, NODE, FORGER, "No."));
        now = T.plusSeconds(10);
        refusals.tell(NODE, FORGER, "No.");
        refusals.tell(NODE, FORGER, "No.");
        assertThat(log.events().subList(40, 42))
                .containsExactly(
                        new BootEvent.ConfigRefused(
                                now, NODE, FORGER, "No. (and 960 refusals more before)"),
                        new BootEvent.ConfigRefused(now, NODE, FORGER, "No."));
    }
}
