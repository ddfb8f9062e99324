package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ReplayTest {
    @Test
    void a_log_happens_once_more_as_far_as_it_is_wound() {
        Replay replay = new Replay(Posed.log().events());
        assertThat(replay.length()).isEqualTo(Duration.ofSeconds(48));
        assertThat(replay.log().events()).isEmpty();

        replay.windTo(replay.from());
        assertThat(replay.log().events()).hasSize(4);
        replay.windTo(replay.from().plusSeconds(60));
        assertThat(replay.log().events()).hasSameSizeAs(Posed.log().events());
        replay.windTo(replay.from().plusSeconds(10));
        assertThat(replay.now()).as("what is over stays").isEqualTo(Posed.NOW);

        assertThat(replay.rewound().log().events()).isEmpty();
    }
}
