package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Problem;

import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.stage.FileChooser;

import org.kordamp.ikonli.feather.Feather;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Saves what the log lists where the owner says: a text file as it is shown, any other as JSON
/// lines, which can be replayed.
final class SaveLog {
    private static final String TEXT = ".txt";
    private static final String LINES = "*.jsonl";

    final Button button = Parts.iconButton("log-save", text("log.save"), Feather.SAVE, this::ask);
    final Notice said = new Notice("log-said");
    private final Supplier<List<LogLine>> listed;

    SaveLog(Supplier<List<LogLine>> listed) {
        this.listed = listed;
    }

    private void ask() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(text("log.save"));
        chooser.setInitialFileName("boot.jsonl");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(text("log.files"), LINES),
                        new FileChooser.ExtensionFilter(text("log.text"), "*" + TEXT));
        File chosen = chooser.showSaveDialog(button.getScene().getWindow());
        if (chosen != null) {
            save(chosen.toPath());
        }
    }

    /// On a thread of its own: the disk may be slow.
    void save(Path to) {
        List<LogLine> all = List.copyOf(listed.get());
        Thread.ofVirtual()
                .name("save log")
                .start(() -> {
                    try {
                        Files.write(to, all.stream().map(l -> line(l, to)).toList());
                        Platform.runLater(() -> said.say(Notice.Kind.GOOD, text("log.saved", to)));
                    } catch (IOException e) {
                        Problem problem =
                                new Problem(text("log.failed"), String.valueOf(e.getMessage()), "");
                        Platform.runLater(() -> said.problems(Notice.Kind.BAD, List.of(problem)));
                    }
                });
    }

    private static String line(LogLine l, Path to) {
        return to.toString().endsWith(TEXT) ? l.words() : BootLog.line(l.event());
    }
}
