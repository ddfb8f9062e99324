package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Problem;
import dev.ichor.steps.NasServices;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;

import org.kordamp.ikonli.feather.Feather;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// Sets a Synology's services for the cluster, and puts them back: shown first, written after a
/// click.
final class SynologyButtons {
    private final Consumer<Intent> tell;
    private final Notice said = new Notice("nas-notice");
    private final Button set;
    private final Button undo;

    SynologyButtons(Consumer<Intent> tell) {
        this.tell = tell;
        set =
                Parts.button(
                        "nas-set",
                        "nas.set",
                        Feather.SETTINGS,
                        () -> begin(NasServices::differences, NasServices::set));
        undo =
                Parts.button(
                        "nas-undo",
                        "nas.undo",
                        Feather.ROTATE_CCW,
                        () -> begin(NasServices::undoable, NasServices::undo));
    }

    HBox row() {
        return Parts.row(set, undo);
    }

    Node notice() {
        return said;
    }

    /// What would be written.
    @FunctionalInterface
    private interface Lines {
        List<String> of(NasServices nas) throws IOException, InterruptedException;
    }

    private void begin(Lines lines, Intent.NasAct write) {
        busy(true);
        said.clear();
        tell.accept(
                new Intent.OnNas(
                        nas -> {
                            List<String> differences = lines.of(nas);
                            if (differences.isEmpty()) {
                                say("nas.same");
                            } else if (agrees(differences)) {
                                write.on(nas);
                                say("nas.done");
                            }
                        },
                        this::ended));
    }

    private void ended(Optional<Problem> trouble) {
        busy(false);
        trouble.ifPresent(p -> said.problems(Notice.Kind.WARNING, List.of(p)));
    }

    private void busy(boolean now) {
        set.setDisable(now);
        undo.setDisable(now);
    }

    private void say(String key) {
        Platform.runLater(() -> said.say(Notice.Kind.GOOD, text(key)));
    }

    private boolean agrees(List<String> differences) throws InterruptedException {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Platform.runLater(() ->
                Overlay.above(set)
                        .ifPresentOrElse(
                                o -> o.ask(question(differences, answer)),
                                () -> answer.complete(false)));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer never fails", e);
        }
    }

    private static Overlay.Question question(
            List<String> differences, CompletableFuture<Boolean> answer) {
        return new Overlay.Question(
                text("nas.title"),
                String.join("\n", differences),
                null,
                "nas.verb",
                () -> answer.complete(true),
                () -> answer.complete(false));
    }
}
