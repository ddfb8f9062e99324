package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.diagnosis.Cause;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

@Timeout(60)
class RoundsTest {
    private final BootLog log = new BootLog();
    private final Rounds rounds = new Rounds(log, Posed.CLOCK, Map::of);

    @Test
    void findings_come_while_our_servers_run_and_go_with_their_cause() throws Exception {
        log.append(new BootEvent.ServiceDown(Posed.NOW, "tftp", "port 69 is used"));
        log.append(
                new BootEvent.Held(
                        Posed.NOW, Posed.CONTROL, Ip4.of("192.168.1.21"), "two addresses"));
        Rounds.Found found = until(Posed.NOW, f -> !f.machines().isEmpty());
        assertThat(found.everywhere())
                .singleElement()
                .extracting(f -> f.cause())
                .isEqualTo(Cause.SERVICE_DOWN);
        assertThat(found.machines().get(Posed.CONTROL))
                .extracting(f -> f.cause())
                .isEqualTo(Cause.HELD);
        log.append(new BootEvent.ServiceUp(Posed.NOW, "tftp", "192.168.1.10:69"));
        log.append(new BootEvent.Approved(Posed.NOW.plusSeconds(1), Posed.CONTROL));
        until(Posed.NOW, Rounds.Found.NOTHING::equals);
    }

    @Test
    void nothing_is_wrong_while_our_servers_are_off_and_old_troubles_are_forgotten()
            throws Exception {
        log.append(new BootEvent.ServiceDown(Posed.NOW, "tftp", "port 69 is used"));
        until(Posed.NOW, f -> !f.everywhere().isEmpty());
        until(null, Rounds.Found.NOTHING::equals);
        until(Posed.NOW.plusSeconds(60), Rounds.Found.NOTHING::equals);
    }

    private Rounds.Found until(@Nullable Instant serving, Predicate<Rounds.Found> wanted)
            throws InterruptedException {
        while (!wanted.test(rounds.found())) {
            rounds.look(Set.of(Posed.CONTROL), serving);
            Thread.sleep(5);
        }
        return rounds.found();
    }
}
