package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Problem;

import javafx.scene.layout.Region;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What a step asks while it works.
class QuestionsTest {
    private static final Problem ODD =
            new Problem(
                    "The origin of vmlinuz-amd64 from github.com is not verified.",
                    "There is no signature beside it.",
                    "");

    private final Ui ui = Ui.start();
    private final CompletableFuture<Questions> questions = new CompletableFuture<>();

    @BeforeEach
    void show() {
        ui.show(
                () -> {
                    Overlay overlay = new Overlay();
                    overlay.content(new Region());
                    questions.complete(new Questions(overlay));
                    return overlay;
                },
                960,
                620);
    }

    @AfterEach
    void close() {
        ui.close();
    }

    private static <T> CompletableFuture<T> worker(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, work -> Thread.ofVirtual().start(work));
    }

    @Test
    void the_passphrase_of_a_locked_cluster_is_asked_for() {
        CompletableFuture<char[]> answer =
                worker(() -> questions.join().passphrase(Path.of("clusters", "attic")));
        ui.waitFor(() -> ui.visible("Passphrase of attic"));
        ui.type("#passphrase", "four gray thin clients");
        ui.click("#answer-yes");

        assertThat(new String(answer.join())).isEqualTo("four gray thin clients");
    }

    @Test
    void what_nothing_vouches_for_is_used_after_a_click_only() {
        CompletableFuture<Boolean> no = worker(() -> questions.join().acceptUnverified(ODD));
        ui.waitFor(() -> ui.visible("Origin not verified"));
        ui.click("#answer-no");
        assertThat(no.join()).isFalse();

        CompletableFuture<Boolean> yes = worker(() -> questions.join().acceptUnverified(ODD));
        ui.waitFor(() -> ui.visible("Origin not verified"));
        ui.click("Use them all the same");
        assertThat(yes.join()).isTrue();
    }

    @Test
    void a_large_network_is_searched_after_a_click_only() {
        Problem large = new Problem("The network 10.0.0.0/16 is large.", "It takes long.", "");
        CompletableFuture<Boolean> yes = worker(() -> questions.join().searchLarge(large));
        ui.waitFor(() -> ui.visible("The network 10.0.0.0/16 is large. It takes long."));
        ui.click("Search all of it");
        assertThat(yes.join()).isTrue();
    }
}
