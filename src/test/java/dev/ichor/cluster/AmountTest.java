package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class AmountTest {
    @Test
    void a_fraction_is_never_more_than_the_whole_and_unknown_without_a_total() {
        assertThat(new Amount("x", 1, 4).fraction()).isEqualTo(0.25);
        assertThat(new Amount("x", 5, 4).fraction()).isEqualTo(1);
        assertThat(new Amount("x", 5, -1).fraction()).isEqualTo(-1);
        assertThat(new Amount("x", 0, 0).fraction()).isEqualTo(-1);
    }

    @Test
    void the_rest_takes_as_long_as_the_rate_says() {
        assertThat(new Amount("x", 100, 400, 100).left()).contains(Duration.ofSeconds(3));
        assertThat(new Amount("x", 400, 400, 100).left()).contains(Duration.ZERO);
        assertThat(new Amount("x", 500, 400, 100).left()).isEmpty();
        assertThat(new Amount("x", 100, -1, 100).left()).isEmpty();
        assertThat(new Amount("x", 100, 400).left()).isEmpty();
    }
}
