package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Finding;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Step 7: the boot server, and every machine's way as it happens.
final class MonitorPage implements Page {
    /// Twelve times a second is enough for an eye.
    private static final long BEAT_NANOS = 1_000_000_000L / 12;

    /// Below this height of the page the log begins folded.
    private static final double LOW = 520;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    /// A cause with a packet is to be seen within two seconds.
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final Runnable checkPc;
    private final MonitorModel model;
    private final Rounds rounds;
    private final Notice banner = new Notice("banner");
    private final Obstacles obstacles;
    private final Services services = new Services();
    private final Label summary = Parts.whole("", "summary");
    private final ProgressBar overall = new ProgressBar(0);
    private final Label rate = Parts.label("", "num");
    private final Button stop;
    private final Button approveAll;
    private final MachineList machines;
    private final LogPane log;
    private final HBox line = line();
    private final StackPane middle = new StackPane();
    private final Desk.Surroundings around;
    private final VBox view;
    private final AnimationTimer timer = new Beat();
    private @Nullable DetailsPane details;
    private @Nullable TimelinePane timeline;
    private boolean serving;
    private boolean replays;

    MonitorPage(Desk.Surroundings around) {
        model = new MonitorModel(new Mailbox(around.log()), around.clock(), around.haste());
        ClusterFolder folder = new ClusterFolder(around.folder());
        rounds = new Rounds(around.log(), around.clock(), folder::patience);
        obstacles = new Obstacles(around.tell());
        checkPc = () -> around.tell().accept(new Intent.CheckPc());
        SaveReport report = new SaveReport(around);
        log = new LogPane(report.button);
        this.around = around;
        machines = new MachineList(around.tell(), this::open);
        stop =
                Parts.button(
                        "stop",
                        "monitor.stop",
                        Feather.SQUARE,
                        () -> around.tell().accept(new Intent.Cancel(Step.BOOT)));
        approveAll =
                Parts.button(
                        "approve-all",
                        "monitor.approveall",
                        Feather.CHECK,
                        () -> around.tell().accept(new Intent.ApproveAll()));
        approveAll.getStyleClass().add("accent");
        summary.setId("summary");
        rate.setPrefWidth(90);
        overall.setPrefWidth(140);
        overall.setMinWidth(40);
        rate.setMinWidth(Region.USE_PREF_SIZE);
        overall.getStyleClass().add("small");
        overall.setAccessibleText(text("progress"));
        HBox.setHgrow(services, Priority.ALWAYS);
        HBox top = Parts.row(services, approveAll, stop);
        middle.getChildren().setAll(machines);
        view = Parts.stack(top, banner, obstacles, line, middle, report.said, log);
        view.getStyleClass().addAll("page", "monitor");
        VBox.setVgrow(middle, Priority.ALWAYS);
        view.heightProperty()
                .addListener((o, was, is) -> fold(was.doubleValue(), is.doubleValue()));
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return approveAll.isVisible() ? approveAll : view;
    }

    @Override
    public void show(Snapshot s) {
        serving = s.state(Step.BOOT).status() == StepState.Status.RUNNING;
        Parts.visible(stop, serving);
        model.serving(serving);
        model.plan(s.draft().wishes());
        obstacles.show(serving ? List.of() : s.results().pc());
        refresh();
    }

    /// Shows what is replayed: nothing can be done to a machine.
    void replay(Draft plan) {
        replays = true;
        model.serving(true);
        model.plan(plan.wishes());
        Parts.visible(stop, false);
        view.getStyleClass().add("look");
    }

    @Override
    public void onScreen(boolean on) {
        if (on) {
            timer.start();
            if (!serving && !replays) {
                checkPc.run();
            }
        } else {
            timer.stop();
        }
    }

    private void open(Live<RowView> row) {
        DetailsPane pane = new DetailsPane(row, around.tell(), this::shut);
        details = pane;
        inFull(pane);
        pane.focus();
    }

    private void openTimeline() {
        TimelinePane pane = new TimelinePane(around, this::shut);
        timeline = pane;
        inFull(pane);
        pane.focus();
    }

    private void inFull(Region pane) {
        middle.getChildren().setAll(pane);
        Parts.visible(line, false);
        log.opened(false);
        refresh();
    }

    private void shut() {
        details = null;
        timeline = null;
        middle.getChildren().setAll(machines);
        Parts.visible(line, true);
        log.opened(view.getHeight() >= LOW);
        machines.requestFocus();
    }

    private HBox line() {
        ToggleButton all = filter("all", r -> true);
        all.setSelected(true);
        SegmentedButton which =
                new SegmentedButton(
                        all,
                        filter("booting", r -> r.way().health() == Health.RUNNING),
                        filter("needing", r -> r.way().health() == Health.NEEDS_YOU),
                        filter("ready", r -> r.way().health() == Health.READY));
        Button picture =
                Parts.iconButton(
                        "timeline-open",
                        text("timeline.open"),
                        Feather.BAR_CHART_2,
                        this::openTimeline);
        return Parts.row(summary, overall, rate, Parts.spacer(), which, picture);
    }

    private ToggleButton filter(String name, Predicate<RowView> which) {
        ToggleButton b = new ToggleButton(text("filter." + name));
        b.setId("filter-" + name);
        b.setMinWidth(Region.USE_PREF_SIZE);
        b.setOnAction(e -> {
            b.setSelected(true);
            machines.filter(which);
            refresh();
        });
        return b;
    }

    private void refresh() {
        Rounds.Found found = rounds.found();
        model.findings(found.machines());
        banner.problems(
                Notice.Kind.WARNING, found.everywhere().stream().map(Finding::problem).toList());
        log.add(model.drain().stream().flatMap(e -> logged(e).stream()).toList());
        machines.serving(serving);
        machines.show(model.rows());
        if (details != null) {
            Mac mac = details.row().get().who().mac();
            details.show(serving, model.laps(mac), model.history(mac));
        }
        if (timeline != null) {
            timeline.show(model.names());
        }
        services.show(model.services(), serving || replays);
        Summary s = model.summary();
        summary.setText(s.words());
        overall.setProgress(s.fraction());
        rate.setText(s.bytesPerSecond() > 0 ? Figures.rate(s.bytesPerSecond()) : "");
        Parts.visible(approveAll, serving && !model.allApproved());
    }

    private Optional<LogLine> logged(BootEvent event) {
        String who = model.name(event.mac());
        return Optional.of(EventText.of(event))
                .filter(words -> !words.isEmpty())
                .map(words -> String.format("%s  %-12s %s", TIME.format(event.at()), who, words))
                .map(line -> new LogLine(event, who, line));
    }

    private void fold(double was, double is) {
        if ((was < LOW) != (is < LOW) || was == 0) {
            log.opened(is >= LOW);
        }
    }

    private final class Beat extends AnimationTimer {
        private long last;
        private long looked;

        @Override
        public void handle(long now) {
            if (now - last >= BEAT_NANOS) {
                last = now;
                refresh();
            }
            if (now - looked >= LOOK_NANOS) {
                looked = now;
                rounds.look(model.planned(), model.servingSince());
            }
        }
    }
}
