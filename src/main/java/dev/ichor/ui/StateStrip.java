package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// How the step of the page stands, in one place for all pages: its progress with rate, time left
/// and *Cancel*, its result, why it failed, or why it has to be looked at again.
final class StateStrip extends VBox {
    private final Notice notice = new Notice("notice");
    private final ProgressBar bar = new ProgressBar();
    private final Label what = Parts.label("", "muted");
    private final Label figures = Parts.whole("", "muted");
    private final Timeline beat = new Timeline(new KeyFrame(Duration.seconds(1), e -> tick()));
    private final VBox progress;
    private final InstantSource clock;
    private Pace pace = new Pace();
    private Step step = Step.GET_READY;
    private @Nullable Amount amount;

    StateStrip(InstantSource clock, Runnable cancel) {
        this.clock = clock;
        getStyleClass().add("strip");
        Button stop = Parts.button("cancel", "cancel", Feather.X, cancel);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(text("progress"));
        what.setId("progress-what");
        figures.setId("progress-figures");
        progress = new VBox(Parts.row(what, Parts.spacer(), figures), Parts.row(bar, stop));
        progress.getStyleClass().add("progress");
        HBox.setHgrow(bar, Priority.ALWAYS);
        beat.setCycleCount(Animation.INDEFINITE);
        Parts.visible(progress, false);
        getChildren().addAll(notice, progress);
    }

    /// Draws a step's state.
    void show(Step of, StepState state) {
        if (of != step) {
            pace = new Pace();
        }
        step = of;
        boolean busy = state.status() == StepState.Status.RUNNING && of != Step.BOOT;
        amount = busy ? state.amount() : null;
        Parts.visible(progress, busy);
        if (busy) {
            beat.play();
            note();
        } else {
            beat.stop();
            pace = new Pace();
        }
        say(state);
    }

    /// What has to be done before the step can begin.
    void block(List<Problem> problems) {
        notice.problems(Notice.Kind.WARNING, problems);
    }

    /// A sentence that is no problem.
    void hint(String words) {
        notice.say(Notice.Kind.HINT, words);
    }

    private void say(StepState state) {
        switch (state.status()) {
            case TODO, RUNNING -> notice.clear();
            case DONE -> good(step == Step.GET_READY ? "" : state.result());
            case SKIPPED -> notice.say(Notice.Kind.HINT, text("strip.skipped"));
            case CHECK_AGAIN ->
                    notice.say(Notice.Kind.WARNING, text("strip.again", state.result()));
            case FAILED -> {
                Problem p = state.problem();
                notice.problems(Notice.Kind.BAD, p == null ? List.of() : List.of(p));
            }
        }
    }

    private void good(String result) {
        if (result.isBlank()) {
            notice.clear();
        } else {
            notice.say(Notice.Kind.GOOD, result);
        }
    }

    private void note() {
        if (amount != null) {
            pace.note(amount, clock.instant());
        }
        tick();
    }

    private void tick() {
        Amount a = amount;
        Instant now = clock.instant();
        bar.setProgress(a == null ? -1 : a.fraction());
        what.setText(words(a, now));
        figures.setText(a == null ? "" : Progress.figures(step, a, pace, now));
    }

    private String words(@Nullable Amount a, Instant now) {
        if (pace.stalled(now)) {
            return text("progress.stalled");
        }
        return a == null || a.what().isBlank()
                ? text("step." + step + ".busy")
                : Words.said(a.what());
    }
}
