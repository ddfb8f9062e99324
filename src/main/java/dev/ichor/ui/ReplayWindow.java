package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Draft;

import javafx.animation.AnimationTimer;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A saved boot log in the monitor: wound to any moment, or played ten times as fast as it was.
final class ReplayWindow {
    private static final double SPEED = 10;
    private static final double MILLIS_A_NANO = 1e-6;

    private final Draft plan;
    private final Path folder;
    private final Slider slider = new Slider();
    private final Label time = Parts.whole("", "num");
    private final ToggleButton play =
            new ToggleButton(text("replay.play"), new FontIcon(Feather.PLAY));
    private final AnimationTimer player = new Player();
    private final MonitorWindow window;
    private Replay replay;

    /// @param events of the log, at least one
    /// @param plan names the machines
    /// @param folder the cluster folder
    ReplayWindow(String name, List<BootEvent> events, Draft plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        replay = new Replay(events);
        slider.setId("replay-slider");
        slider.setAccessibleText(text("replay.slider"));
        slider.setMax(replay.length().toMillis());
        slider.setBlockIncrement(1000);
        HBox.setHgrow(slider, Priority.ALWAYS);
        play.setId("replay-play");
        play.setMinWidth(ToggleButton.USE_PREF_SIZE);
        play.selectedProperty().addListener((o, was, is) -> run(is));
        time.setId("replay-time");
        window = new MonitorWindow(text("replay.title", name), page(), slider, time, play);
        slider.valueProperty().addListener((o, was, is) -> wind(is.longValue()));
        slider.setValue(slider.getMax());
        window.stage().setOnHiding(e -> player.stop());
    }

    void open() {
        window.open();
    }

    void close() {
        window.close();
    }

    MonitorWindow window() {
        return window;
    }

    private MonitorPage page() {
        Replay of = replay;
        Desk.Surroundings around = new Desk.Surroundings(i -> {}, of.log(), of::now, 1, folder);
        MonitorPage page = new MonitorPage(around);
        page.replay(plan);
        return page;
    }

    /// Backwards it happens once more from the beginning.
    private void wind(long millis) {
        Duration to = Duration.ofMillis(millis);
        if (replay.from().plus(to).isBefore(replay.now())) {
            replay = replay.rewound();
            replay.windTo(replay.from().plus(to));
            window.put(page());
        } else {
            replay.windTo(replay.from().plus(to));
        }
        time.setText(Figures.clock(to) + " / " + Figures.clock(replay.length()));
    }

    private void run(boolean on) {
        if (!on) {
            player.stop();
            return;
        }
        if (slider.getValue() >= slider.getMax()) {
            slider.setValue(0);
        }
        player.start();
    }

    private final class Player extends AnimationTimer {
        private long last;

        @Override
        public void start() {
            last = 0;
            super.start();
        }

        @Override
        public void handle(long now) {
            if (last != 0) {
                slider.setValue(slider.getValue() + (now - last) * MILLIS_A_NANO * SPEED);
            }
            last = now;
            if (slider.getValue() >= slider.getMax()) {
                play.setSelected(false);
            }
        }
    }
}
