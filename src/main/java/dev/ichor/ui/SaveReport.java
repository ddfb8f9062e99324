package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.Report;

import javafx.application.Platform;
import javafx.scene.control.Button;

import org.kordamp.ikonli.feather.Feather;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Saves a report beside the logs, and says where.
final class SaveReport {
    final Button button =
            Parts.iconButton("report", text("report.save"), Feather.ARCHIVE, this::save);
    final Notice said = new Notice("report-said");
    private final Desk.Surroundings around;

    SaveReport(Desk.Surroundings around) {
        this.around = around;
    }

    /// On a thread of its own: a day's log may be long.
    private void save() {
        Instant now = around.clock().instant();
        Path to = Report.usual(around.folder(), now);
        Thread.ofVirtual()
                .name("report")
                .start(() -> {
                    try {
                        Report.save(around.folder(), to, now);
                        Platform.runLater(
                                () -> said.say(Notice.Kind.GOOD, text("report.saved", to)));
                    } catch (IOException e) {
                        Platform.runLater(
                                () -> said.problems(Notice.Kind.BAD, List.of(problem(e))));
                    }
                });
    }

    private static Problem problem(IOException e) {
        return e instanceof ProblemException known
                ? known.problem()
                : new Problem(text("report.failed"), String.valueOf(e.getMessage()), "");
    }
}
