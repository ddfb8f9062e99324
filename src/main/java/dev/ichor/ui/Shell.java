package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// The frame of an open cluster: the rail, one page, the foot. Knows nothing of what is on a page.
final class Shell extends BorderPane {
    /// Below this width the rail folds to its numbers.
    private static final double NARROW = 1100;

    private final Rail rail = new Rail(this::turn);
    private final Label title = Parts.label("", "h2");
    private final Label lead = Parts.prose("", "muted");
    private final ScrollPane body = new ScrollPane();
    private final Map<Step, Page> pages = new EnumMap<>(Step.class);
    private final Desk.Surroundings around;
    private final StateStrip strip;
    private final Footer footer;
    private final Consumer<Consumer<Snapshot>> settled;
    private final Outside outside;
    private final Button monitor;
    private final Button log;
    private Snapshot snapshot;
    private Step step = Step.GET_READY;
    private @Nullable Page page;

    /// What lies around the frame.
    ///
    /// @param close what the last page's button does
    /// @param ask shows something over the frame
    /// @param monitor opens the monitor's own window
    /// @param log lets the owner open a saved log
    record Outside(
            Runnable close, Consumer<Overlay.Question> ask, Runnable monitor, Runnable log) {}

    /// @param settled hands over the snapshot once all intents so far are carried out
    Shell(
            Snapshot first,
            Desk.Surroundings around,
            Consumer<Consumer<Snapshot>> settled,
            Outside outside) {
        this.snapshot = first;
        this.around = around;
        this.settled = settled;
        this.outside = outside;
        monitor =
                Parts.iconButton(
                        "monitor-window",
                        text("window.open"),
                        Feather.EXTERNAL_LINK,
                        outside.monitor());
        log = Parts.iconButton("open-log", text("replay.open"), Feather.FOLDER, outside.log());
        getStyleClass().add("shell");
        title.setId("title");
        strip = new StateStrip(around.clock(), () -> around.tell().accept(new Intent.Cancel(step)));
        footer = new Footer(this::back, () -> settled.accept(this::advance));
        body.setFitToWidth(true);
        body.setFitToHeight(true);
        body.getStyleClass().add("body");
        setLeft(rail);
        setCenter(middle());
        widthProperty().addListener((o, was, is) -> rail.narrow(is.doubleValue() < NARROW));
        addEventFilter(KeyEvent.KEY_PRESSED, this::shortcut);
        turn(Flow.resume(first));
    }

    /// Draws a snapshot.
    void show(Snapshot now) {
        boolean settledNow = !snapshot.state(step).settled() && now.state(step).settled();
        snapshot = now;
        draw();
        if (settledNow && step == Step.ROLES) {
            turn(Step.DOWNLOAD);
        }
    }

    /// Turns to a page.
    void turn(Step to) {
        if (page != null && to == step) {
            draw();
            return;
        }
        if (page != null) {
            page.onScreen(false);
        }
        step = to;
        page = pages.computeIfAbsent(to, s -> Pages.of(s, around));
        title.setText(text("step." + to + ".title"));
        lead.setText(text("step." + to + ".lead"));
        body.setContent(page.view());
        body.setVvalue(0);
        draw();
        page.onScreen(true);
        Platform.runLater(this::focus);
    }

    /// Stops what moves.
    void leave() {
        if (page != null) {
            page.onScreen(false);
        }
    }

    Step step() {
        return step;
    }

    private VBox middle() {
        Button help = Parts.iconButton("help", text("help"), Feather.HELP_CIRCLE, this::help);
        VBox head = new VBox(Parts.row(title, Parts.spacer(), monitor, log, help), lead, strip);
        head.getStyleClass().add("head");
        VBox middle = new VBox(head, body, footer);
        VBox.setVgrow(body, javafx.scene.layout.Priority.ALWAYS);
        return middle;
    }

    private void draw() {
        Parts.visible(monitor, step == Step.BOOT);
        Parts.visible(log, step == Step.BOOT);
        rail.show(snapshot, step);
        strip.show(step, snapshot.state(step));
        footer.show(snapshot, step);
        footer.say("");
        if (page != null) {
            page.show(snapshot);
        }
    }

    private void back() {
        if (step != Step.GET_READY) {
            turn(Step.values()[step.ordinal() - 1]);
        }
    }

    private void advance(Snapshot now) {
        show(now);
        switch (Flow.next(now, step)) {
            case Flow.Move.Begin m -> around.tell().accept(new Intent.Start(m.step()));
            case Flow.Move.Turn m -> turn(m.to());
            case Flow.Move.Blocked m -> {
                strip.block(m.by());
                focus();
            }
            case Flow.Move.Busy() -> footer.say(text("footer.busy"));
            case Flow.Move.Close() -> outside.close().run();
        }
    }

    /// Into the page, so that Enter means the big button and not the rail's.
    private void focus() {
        if (page != null && page.first().isFocusTraversable()) {
            page.first().requestFocus();
            if (page.first() instanceof TextInputControl field) {
                // All of it would be selected, and the next key would replace it.
                field.end();
            }
        } else {
            footer.next().requestFocus();
        }
    }

    private void help() {
        outside.ask().accept(Help.about(step));
    }

    private void shortcut(KeyEvent e) {
        if (e.getCode() == KeyCode.F1) {
            help();
            e.consume();
            return;
        }
        int n = e.getCode().ordinal() - KeyCode.DIGIT1.ordinal();
        if (!e.isAltDown() || n < 0 || n >= Step.values().length) {
            return;
        }
        if (Flow.reachable(snapshot, Step.values()[n])) {
            turn(Step.values()[n]);
        }
        e.consume();
    }
}
