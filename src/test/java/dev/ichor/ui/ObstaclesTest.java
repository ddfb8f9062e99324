package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Finding;
import dev.ichor.diagnosis.Remedy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What stands in the way on this PC, before anything is served.
class ObstaclesTest {
    private final Ui ui = Ui.start();
    private final BlockingQueue<Intent> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        ui.close();
    }

    private static Finding finding(Cause cause, String what, Remedy remedy) {
        return new Finding(cause, null, what, "seen", "Do it.", remedy, Instant.EPOCH);
    }

    @Test
    void each_is_shown_with_what_to_do_and_a_button_where_the_program_can_do_it() throws Exception {
        List<Finding> all =
                List.of(
                        finding(Cause.PORT_TAKEN, "TFTP needs a port.", Remedy.NONE),
                        finding(Cause.FIREWALL, "The firewall is shut.", Remedy.LET_IN),
                        finding(Cause.SECOND_SERVER, "Another one.", Remedy.PROBE_ROUTER));
        ui.show(
                () -> {
                    Obstacles obstacles = new Obstacles(told::add);
                    obstacles.show(all);
                    return obstacles;
                },
                960,
                620);

        ui.waitFor(() -> ui.visible("TFTP needs a port."));
        assertThat(ui.visible("Seen. Do it.")).isTrue();
        assertThat(ui.visible("#cure-PORT_TAKEN")).isFalse();
        assertThat(ui.visible("Another one.")).as("the router has a place of its own").isFalse();
        ui.click("#cure-FIREWALL");

        assertThat(told.take()).isEqualTo(new Intent.LetIn());
    }
}
