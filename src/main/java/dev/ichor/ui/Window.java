package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.HeldException;
import dev.ichor.steps.Session;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The one window: the welcome, then an open cluster.
final class Window {
    private static final double WIDTH = 1240;
    private static final double HEIGHT = 800;

    private final Stage stage;
    private final Fronts fronts;
    private final Overlay overlay = new Overlay();
    private final Questions questions = new Questions(overlay);
    private final Settings settings;
    private @Nullable Welcome welcome;
    private @Nullable Desk desk;
    private @Nullable Thread closer;
    private @Nullable Shell shell;
    private @Nullable Monitors monitors;
    private @Nullable Snapshot last;

    Window(Stage stage, Fronts fronts) {
        this.stage = stage;
        this.fronts = fronts;
        this.settings = new Settings(fronts.settings());
        Theme.wish(settings.theme());
    }

    /// The welcome, made anew in the language that is spoken.
    private Welcome welcome() {
        Welcome made =
                new Welcome(
                        fronts.clustersHome(),
                        new Welcome.Chosen(settings.language(), settings.theme()),
                        new Welcome.Wishes(this::demo, this::cluster, this::speak, this::dress));
        welcome = made;
        overlay.content(made);
        return made;
    }

    /// From now on all is said in this language: the welcome is made anew, the pages are to come.
    private void speak(Language language) {
        settings.language(language);
        Words.speak(language.locale());
        welcome().focusLanguage();
    }

    private void dress(Theme.Wish wish) {
        settings.theme(wish);
        Theme.wish(wish);
    }

    /// Shows the window with the welcome in it.
    void open() {
        fill(frame());
        stage.show();
    }

    /// Shows the window, and as soon as its empty picture is there the welcome in it: until that is
    /// made the owner sees that something has started.
    void openAtOnce() {
        Scene scene = frame();
        Runnable[] drawn = new Runnable[1];
        drawn[0] =
                () -> {
                    scene.removePostLayoutPulseListener(drawn[0]);
                    Platform.runLater(() -> fill(scene));
                };
        scene.addPostLayoutPulseListener(drawn[0]);
        stage.show();
    }

    private Scene frame() {
        Scene scene = new Scene(new Pane(), WIDTH, HEIGHT, Theme.ground());
        stage.setScene(scene);
        Frame.keep(stage, settings);
        stage.setOnCloseRequest(this::closing);
        return scene;
    }

    private void fill(Scene scene) {
        Words.speak(settings.language().locale());
        stage.setTitle(text("brand"));
        scene.setRoot(overlay);
        Theme.follow(scene);
        Welcome first = welcome();
        scene.getAccelerators()
                .put(
                        new KeyCodeCombination(KeyCode.F11),
                        () -> stage.setFullScreen(!stage.isFullScreen()));
        first.focus();
    }

    /// Closes by itself after a moment: what a start cache is made of (`bin/ichor --make-cache`).
    void learn() {
        PauseTransition moment = new PauseTransition(Duration.seconds(2));
        moment.setOnFinished(e -> stage.hide());
        moment.play();
    }

    private void demo() {
        begin(() -> new Seen(fronts.demo(questions), false));
    }

    private void cluster(Path folder) {
        begin(() -> open(folder));
    }

    /// A new cluster is called as its folder.
    private static Session named(Session session, Path folder) {
        if (session.snapshot().draft().equals(Draft.empty())) {
            session.edit(d -> d.named(folder.getFileName().toString()));
        }
        return session;
    }

    private void begin(Opening opening) {
        asked(w -> w.busy(true));
        Thread.ofVirtual().name("open").start(() -> openCluster(opening));
    }

    /// What another window has open can be looked at.
    private Seen open(Path folder) throws IOException {
        try {
            return new Seen(named(fronts.open(folder, questions), folder), false);
        } catch (HeldException e) {
            return new Seen(fronts.look(folder, questions), true);
        }
    }

    /// The welcome is there when it is asked for something.
    private void asked(Consumer<Welcome> then) {
        if (welcome != null) {
            then.accept(welcome);
        }
    }

    private void openCluster(Opening opening) {
        try {
            Seen seen = opening.open();
            Snapshot first = seen.session().snapshot();
            Platform.runLater(() -> opened(seen, first));
        } catch (ProblemException e) {
            Platform.runLater(() -> asked(w -> w.failed(e.problem())));
        } catch (IOException | RuntimeException e) {
            String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            Problem failed = new Problem(text("open.failed"), said, "");
            Platform.runLater(() -> asked(w -> w.failed(failed)));
        }
    }

    private void opened(Seen seen, Snapshot first) {
        Desk opened = new Desk(seen.session(), this::show);
        // Where nothing may be changed, what was touched is drawn as it was.
        Desk.Surroundings around =
                seen.only() ? opened.surroundings().told(i -> show(first)) : opened.surroundings();
        Monitors beside =
                new Monitors(around, first, new Monitors.Main(stage, overlay::ask, this::leave));
        monitors = beside;
        Shell frame =
                new Shell(
                        first,
                        around,
                        opened::settled,
                        new Shell.Outside(
                                this::closeByButton,
                                overlay::ask,
                                beside::open,
                                beside::chooseLog));
        desk = opened;
        shell = frame;
        overlay.content(seen.only() ? lookedAt(frame) : frame);
        stage.setTitle(text("title", first.draft().clusterName()));
        opened.open();
        // Adapters and ports may have changed since it was open last.
        if (!seen.only()) {
            opened.tell(new Intent.Start(Step.GET_READY));
        }
    }

    /// Content that can be looked at and not changed, and why.
    private static VBox lookedAt(Region content) {
        Notice why = new Notice("read-only");
        why.say(Notice.Kind.WARNING, text("window.readonly"));
        VBox.setVgrow(content, Priority.ALWAYS);
        return new VBox(why, content);
    }

    private void show(Snapshot now) {
        last = now;
        if (shell != null) {
            shell.show(now);
        }
        if (monitors != null) {
            monitors.show(now);
        }
    }

    private void closeByButton() {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    }

    private void closing(WindowEvent e) {
        if (desk == null) {
            return;
        }
        e.consume();
        if (monitors != null && monitors.live()) {
            stage.hide(); // the other window goes on
            return;
        }
        leave(overlay::ask);
    }

    /// Asks first where machines would stand still.
    private void leave(Consumer<Overlay.Question> ask) {
        boolean serving =
                last != null && last.state(Step.BOOT).status() == StepState.Status.RUNNING;
        if (!serving) {
            close();
            return;
        }
        ask.accept(
                new Overlay.Question(
                        text("quit.title"),
                        text("quit.words"),
                        null,
                        "quit.verb",
                        this::close,
                        () -> {}));
    }

    /// The window goes at once; what runs is stopped behind it, and the program waits for that.
    void close() {
        Desk open = desk;
        if (shell != null) {
            shell.leave();
        }
        if (monitors != null) {
            monitors.close();
        }
        stage.hide();
        if (open != null) {
            closer = Thread.ofPlatform().name("close").start(open::close);
        }
    }

    /// Waits until what ran behind the window has stopped.
    void awaitClosed() throws InterruptedException {
        if (closer != null) {
            closer.join();
        }
    }

    /// How a session comes to be.
    @FunctionalInterface
    private interface Opening {
        Seen open() throws IOException;
    }

    /// An open cluster.
    ///
    /// @param only whether it may only be looked at
    private record Seen(Session session, boolean only) {}
}
