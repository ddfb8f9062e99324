package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class RsaRaceTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void the_first_key_found_is_taken_and_the_other_search_ends() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");
        KeyPair found = Keys.ed25519(RANDOM);
        var turn = new AtomicInteger();
        var other = new CountDownLatch(1);
        var ended = new CountDownLatch(1);

        KeyPair taken =
                RsaRace.run(
                        random -> {
                            if (turn.getAndIncrement() == 0) {
                                await(other);
                                return found;
                            }
                            other.countDown();
                            return endless(random, ended);
                        },
                        RANDOM);

        assertThat(taken).isSameAs(found);
        await(ended);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair endless(SecureRandom random, CountDownLatch ended) {
        try {
            while (true) {
                random.nextBytes(new byte[1]);
            }
        } finally {
            ended.countDown();
        }
    }
}
