package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.Approval;
import dev.ichor.netboot.ConfigSource;
import dev.ichor.netboot.Gate;
import dev.ichor.netboot.Rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProofTest {
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final int OFTEN = 2_000;

    private final BootLog log = new BootLog();
    private final Gate gate =
            new Gate(
                    Rules.folder(Approval.ASK),
                    ip -> Optional.empty(),
                    ConfigSource.NONE,
                    log,
                    InstantSource.fixed(NOON));

    @Test
    void a_proof_and_the_owners_word_at_the_same_time_do_not_stop_each_other() throws Exception {
        Serving.prove(gate, log, NOON);
        Thread owner =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            for (int n = 0; n < OFTEN; n++) {
                                gate.arm();
                                gate.disarm();
                            }
                        });
        for (int n = 0; n < OFTEN; n++) {
            log.append(new BootEvent.ApiAnswered(NOON, NODE, "v1.13.9"));
        }
        owner.join();
        assertThat(gate.armed()).isFalse();
    }
}
