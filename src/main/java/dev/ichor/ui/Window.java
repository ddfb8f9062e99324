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
    private Welcome welcome;
    private @Nullable Desk desk;
    private @Nullable Thread closer;
    private @Nullable Shell shell;
    private @Nullable Monitors monitors;
    private @Nullable Snapshot last;

    Window(Stage stage, Fronts fronts) {
        this.stage = stage;
        this.fronts = fronts;
        this.settings = new Settings(fronts.settings());
        Words.speak(settings.language().locale());
        Theme.wish(settings.theme());
        this.welcome = welcome();
    }

    private Welcome welcome() {
        return new Welcome(
                fronts.clustersHome(),
                new Welcome.Chosen(settings.language(), settings.theme()),
                new Welcome.Wishes(this::demo, this::cluster, this::speak, this::dress));
    }

    /// From now on all is said in this language: the welcome is made anew, the pages are to come.
    private void speak(Language language) {
        settings.language(language);
        Words.speak(language.locale());
        welcome = welcome();
        overlay.content(welcome);
        welcome.focusLanguage();
    }

    private void dress(Theme.Wish wish) {
        settings.theme(wish);
        Theme.wish(wish);
    }

    /// Shows the window with the welcome in it.
    void open() {
        Scene scene = new Scene(overlay, WIDTH, HEIGHT);
        Theme.follow(scene);
        overlay.content(welcome);
        stage.setScene(scene);
        stage.setTitle(text("brand"));
        Frame.keep(stage, settings);
        stage.setOnCloseRequest(this::closing);
        scene.getAccelerators()
                .put(
                        new KeyCodeCombination(KeyCode.F11),
                        () -> stage.setFullScreen(!stage.isFullScreen()));
        stage.show();
        welcome.focus();
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
        welcome.busy(true);
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

    private void openCluster(Opening opening) {
        try {
            Seen seen = opening.open();
            Snapshot first = seen.session().snapshot();
            Platform.runLater(() -> opened(seen, first));
        } catch (ProblemException e) {
            Platform.runLater(() -> welcome.failed(e.problem()));
        } catch (IOException | RuntimeException e) {
            String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            Platform.runLater(() -> welcome.failed(new Problem(text("open.failed"), said, "")));
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
