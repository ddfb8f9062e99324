package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Snapshot;

import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.stage.FileChooser;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The monitor's windows beside the wizard of an open cluster: the live one, which may outlive the
/// wizard's, and any number of replays.
final class Monitors {
    private final Desk.Surroundings around;
    private final Main main;
    private final List<ReplayWindow> replays = new ArrayList<>();
    private Snapshot last;
    private @Nullable MonitorWindow live;

    /// The wizard's window as the monitor's knows it.
    ///
    /// @param stage the window
    /// @param ask asks there
    /// @param leave asks in the window that calls whether to stop, and ends the program
    record Main(
            Stage stage,
            Consumer<Overlay.Question> ask,
            Consumer<Consumer<Overlay.Question>> leave) {}

    Monitors(Desk.Surroundings around, Snapshot first, Main main) {
        this.around = around;
        this.last = first;
        this.main = main;
    }

    void show(Snapshot now) {
        last = now;
        if (live != null && live.showing()) {
            live.show(now);
        }
    }

    /// Opens the live one, or brings it to the front.
    void open() {
        MonitorWindow window = live == null ? made() : live;
        live = window;
        window.show(last);
        window.open();
    }

    private MonitorWindow made() {
        Button back = Parts.button("wizard", "window.wizard", Feather.CORNER_UP_LEFT, this::wizard);
        MonitorWindow window =
                new MonitorWindow(
                        text("window.title", last.draft().clusterName()),
                        new MonitorPage(around),
                        Parts.spacer(),
                        back);
        window.onClosing(e -> {
            if (!main.stage().isShowing()) {
                e.consume();
                main.leave().accept(window::ask);
            }
        });
        return window;
    }

    private void wizard() {
        main.stage().show();
        main.stage().toFront();
    }

    /// Whether the live one is there, so that the wizard's window may go.
    boolean live() {
        return live != null && live.showing();
    }

    /// Lets the owner choose a saved log, and shows it.
    void chooseLog() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(text("replay.choose"));
        File logs = new ClusterFolder(around.folder()).logs().toFile();
        if (logs.isDirectory()) {
            chooser.setInitialDirectory(logs);
        }
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(text("replay.files"), "*.jsonl"));
        File chosen = chooser.showOpenDialog(main.stage());
        if (chosen != null) {
            replay(chosen.toPath());
        }
    }

    /// Shows a saved log; a day's log is read on a thread of its own.
    void replay(Path file) {
        Thread.ofVirtual()
                .name("replay")
                .start(() -> {
                    try {
                        List<BootEvent> events = BootLog.replay(file);
                        Platform.runLater(() -> opened(file, events));
                    } catch (IOException | java.io.UncheckedIOException e) {
                        Platform.runLater(() -> unread(file));
                    }
                });
    }

    private void opened(Path file, List<BootEvent> events) {
        if (events.isEmpty()) {
            unread(file);
            return;
        }
        ReplayWindow window =
                new ReplayWindow(
                        String.valueOf(file.getFileName()), events, last.draft(), around.folder());
        replays.add(window);
        window.open();
    }

    private void unread(Path file) {
        Problem problem = new Problem(text("replay.none", file), "", text("replay.none.do"));
        main.ask()
                .accept(
                        new Overlay.Question(
                                problem.what(), problem.remedy(), null, "close", () -> {}, null));
    }

    /// The replay that was opened last.
    @Nullable ReplayWindow lastReplay() {
        return replays.isEmpty() ? null : replays.getLast();
    }

    @Nullable MonitorWindow liveWindow() {
        return live;
    }

    /// Shuts all of them.
    void close() {
        replays.forEach(ReplayWindow::close);
        if (live != null) {
            live.close();
        }
    }
}
