package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Life;
import dev.ichor.steps.BootAdvice;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.function.Consumer;

/// What is to be done after a power cut; machines that always start from the network belong to the
/// NAS.
final class PowerCut {
    private final Notice said = new Notice("power-said");
    private final Button move;
    private final VBox view;

    PowerCut(Consumer<Intent> tell) {
        move =
                Parts.button(
                        "power-move",
                        "finish.power.move",
                        Feather.HARD_DRIVE,
                        () ->
                                tell.accept(
                                        new Intent.Edit(
                                                d -> d.booting(BootAdvice.onNas(d).mode()))));
        view = Parts.stack(Parts.label(text("finish.power"), "h3"), said, Parts.row(move));
    }

    VBox view() {
        return view;
    }

    void show(Snapshot s) {
        BootMode mode = s.draft().mode();
        long always =
                s.draft().wishes().values().stream()
                        .filter(w -> w.life() == Life.ALWAYS_NETBOOT)
                        .count();
        boolean copied = s.state(Step.COPY).status() == StepState.Status.DONE;
        Parts.visible(move, always > 0 && !mode.onNas());
        if (always == 0) {
            said.say(
                    Notice.Kind.GOOD,
                    text(
                            mode == BootMode.ROUTER_TO_PC
                                    ? "finish.power.router"
                                    : "finish.power.disk"));
        } else if (!mode.onNas()) {
            said.say(Notice.Kind.WARNING, text("finish.power.pc", always));
        } else if (copied) {
            said.say(Notice.Kind.GOOD, text("finish.power.nas", always));
        } else {
            said.say(Notice.Kind.WARNING, text("finish.power.copy", always));
        }
    }
}
