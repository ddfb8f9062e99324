package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Problem;
import dev.ichor.steps.Device;

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
import java.util.stream.Collectors;

/// Sets a NAS or a router for the cluster, and puts it back: shown first, written after a click.
final class SetButtons {
    /// Has something done with the device, and tells what stood in the way.
    @FunctionalInterface
    interface Way {
        void go(Intent.DeviceAct act, Consumer<Optional<Problem>> told);
    }

    private final String device;
    private final Way way;
    private final Notice said;
    private final Button set;
    private final Button undo;

    /// @param device `nas` or `console`: begins the controls' ids and the words' keys
    SetButtons(String device, Way way) {
        this.device = device;
        this.way = way;
        said = new Notice(device + "-notice");
        set =
                Parts.button(
                        device + "-set",
                        device + ".set",
                        Feather.SETTINGS,
                        () -> begin(Device::differences, Device::set));
        undo =
                Parts.button(
                        device + "-undo",
                        device + ".undo",
                        Feather.ROTATE_CCW,
                        () -> begin(Device::undoable, Device::undo));
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
        List<String> of(Device device) throws IOException, InterruptedException;
    }

    private void begin(Lines lines, Intent.DeviceAct write) {
        busy(true);
        said.clear();
        way.go(
                of -> {
                    List<String> differences = lines.of(of);
                    if (differences.isEmpty()) {
                        say(".same");
                    } else if (agrees(differences)) {
                        write.on(of);
                        say(".done");
                    }
                },
                this::ended);
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
        Platform.runLater(() -> said.say(Notice.Kind.GOOD, text(device + key)));
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

    private Overlay.Question question(List<String> differences, CompletableFuture<Boolean> answer) {
        return new Overlay.Question(
                text(device + ".title"),
                differences.stream().map(Words::said).collect(Collectors.joining("\n")),
                null,
                device + ".verb",
                () -> answer.complete(true),
                () -> answer.complete(false));
    }
}
