package dev.ichor.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.boot.Together.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class TogetherTest {
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();

    /// Runs until it is interrupted.
    private final Service patient =
            new Service(
                    "patient",
                    () -> {
                        begun.countDown();
                        try {
                            never.await();
                        } finally {
                            stopped.set(true);
                        }
                    });

    @Test
    void the_first_to_end_ends_all() throws Exception {
        Together.run(List.of(patient, new Service("short", begun::await)));
        assertThat(stopped).isTrue();
    }

    @Test
    void the_first_failure_is_told_when_all_have_stopped() {
        Service broken =
                new Service(
                        "broken",
                        () -> {
                            begun.await();
                            throw new IOException("port 69 is used");
                        });
        assertThatThrownBy(() -> Together.run(List.of(patient, broken)))
                .isInstanceOf(IOException.class)
                .hasMessage("port 69 is used");
        assertThat(stopped).isTrue();
    }

    @Test
    void an_interrupt_stops_all_and_is_told() throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Together.run(List.of(patient));
                            } catch (Exception e) {
                                told.set(e instanceof InterruptedException && stopped.get());
                            }
                        });
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(told).isTrue();
    }
}
