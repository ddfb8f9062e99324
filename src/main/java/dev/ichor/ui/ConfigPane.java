package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.ConfigFile;
import dev.ichor.steps.Snapshot;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Optional;

/// The config of each machine as the form makes it, secrets masked: what has changed since the
/// configs were made is marked; else what the machine has for itself.
final class ConfigPane {
    private static final double ROW = 32;
    private static final double LINE = 19;

    /// Lines shown above the first one that is marked.
    private static final int ABOVE = 3;

    private static final PseudoClass NEW = PseudoClass.getPseudoClass("new");
    private static final PseudoClass GONE = PseudoClass.getPseudoClass("gone");

    private final ListView<String> names = new ListView<>();
    private final ListView<Diff.Line> file = new ListView<>();
    private final Label marked = Parts.prose("", "muted");
    private final Notice warnings = new Notice("config-warnings");
    private String text = "";
    private final Button copy = Parts.copyButton("config-copy", text("configure.copy"), () -> text);
    private final HBox view;
    private @Nullable Snapshot shown;

    ConfigPane() {
        names.setId("configs");
        names.setFixedCellSize(ROW);
        names.setMinHeight(ROW * 4);
        names.setMinWidth(190);
        names.setPrefWidth(190);
        names.setAccessibleText(text("configure.list"));
        names.setPlaceholder(Parts.prose(text("configure.empty"), "muted"));
        names.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> draw());
        file.setId("config-file");
        file.setFixedCellSize(LINE);
        file.setMinHeight(LINE * 8);
        file.getStyleClass().add("config");
        file.setAccessibleText(text("configure.file"));
        file.setCellFactory(list -> new LineCell());
        file.setPlaceholder(
                Parts.empty(Feather.FILE_TEXT, "configure.empty", "configure.empty.do"));
        marked.setId("config-marked");
        HBox.setHgrow(marked, Priority.ALWAYS);
        VBox right = Parts.stack(Parts.row(marked, copy), warnings, file);
        VBox.setVgrow(file, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        right.setMinWidth(0);
        view = new HBox(names, right);
        view.getStyleClass().add("row");
    }

    HBox view() {
        return view;
    }

    void show(Snapshot s) {
        boolean same =
                shown != null
                        && shown.draft().equals(s.draft())
                        && shown.results().configs().equals(s.results().configs());
        shown = s;
        if (same) {
            return;
        }
        List<String> all = plan().map(ConfigPane::names).orElse(made(s));
        if (!all.equals(names.getItems())) {
            int at = Math.max(0, names.getSelectionModel().getSelectedIndex());
            names.getItems().setAll(all);
            names.getSelectionModel().select(Math.min(at, all.size() - 1));
        }
        draw();
    }

    private static List<String> names(ClusterPlan plan) {
        return plan.nodes().stream().map(n -> n.hostname() + ".yaml").toList();
    }

    private static List<String> made(Snapshot s) {
        return s.results().configs().stream().map(ConfigFile::name).toList();
    }

    private Optional<ClusterPlan> plan() {
        return shown == null || !shown.problems().isEmpty()
                ? Optional.empty()
                : Optional.of(shown.draft().plan());
    }

    private void draw() {
        String name = names.getSelectionModel().getSelectedItem();
        Optional<ConfigFile> made = shown == null ? Optional.empty() : made(shown, name);
        Optional<ConfigFile> now =
                plan().flatMap(p ->
                                p.nodes().stream()
                                        .filter(n -> fileOf(n).equals(name))
                                        .findFirst()
                                        .map(n -> ConfigFile.of(p, n)))
                        .or(() -> made);
        boolean changed = made.isPresent() && now.isPresent() && !made.equals(now);
        text = now.map(ConfigFile::text).orElse("");
        marked.setText(
                now.isEmpty() ? "" : text(changed ? "configure.changed" : "configure.own", name));
        String before =
                (changed ? made.map(ConfigFile::text) : now.map(ConfigFile::common)).orElse("");
        List<Diff.Line> lines = lines(before, changed);
        file.getItems().setAll(lines);
        lines.stream()
                .filter(l -> l.mark() != Diff.Mark.SAME)
                .findFirst()
                .ifPresent(l -> file.scrollTo(Math.max(0, lines.indexOf(l) - ABOVE)));
        copy.setDisable(text.isEmpty());
        warnings.problems(Notice.Kind.WARNING, about(name));
    }

    /// Against what all machines of the role are told, only what is there counts.
    private List<Diff.Line> lines(String before, boolean changed) {
        return Diff.of(before, text).stream()
                .filter(l -> changed || l.mark() != Diff.Mark.GONE)
                .toList();
    }

    private static Optional<ConfigFile> made(Snapshot s, @Nullable String name) {
        return s.results().configs().stream().filter(c -> c.name().equals(name)).findFirst();
    }

    private static String fileOf(Node n) {
        return n.hostname() + ".yaml";
    }

    /// What names this machine, or none.
    private List<Problem> about(@Nullable String name) {
        if (shown == null || name == null) {
            return List.of();
        }
        String host = name.substring(0, name.length() - ".yaml".length());
        List<String> hosts =
                shown.draft().wishes().values().stream().map(w -> w.hostname()).toList();
        return shown.draft().warnings().stream()
                .filter(w -> names(w, host) || hosts.stream().noneMatch(h -> names(w, h)))
                .toList();
    }

    private static boolean names(Problem warning, String host) {
        return (" " + warning.what() + " ").contains(" " + host + " ");
    }

    /// A line, marked by its colour and, for those who do not see it, by a sign.
    private static final class LineCell extends ListCell<Diff.Line> {
        @Override
        protected void updateItem(Diff.@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            Diff.Mark mark = empty || line == null ? Diff.Mark.SAME : line.mark();
            pseudoClassStateChanged(NEW, mark == Diff.Mark.NEW);
            pseudoClassStateChanged(GONE, mark == Diff.Mark.GONE);
            setText(empty || line == null ? null : sign(mark) + line.text());
        }

        private static String sign(Diff.Mark mark) {
            return switch (mark) {
                case SAME -> "  ";
                case NEW -> "+ ";
                case GONE -> "− ";
            };
        }
    }
}
