package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Problem;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.stream.Collectors;

/// A message inside the page: an icon, words, and a frame in the colour of its kind.
final class Notice extends HBox {
    /// What kind of message it is.
    enum Kind {
        GOOD(Feather.CHECK_CIRCLE),
        HINT(Feather.INFO),
        WARNING(Feather.ALERT_TRIANGLE),
        BAD(Feather.ALERT_OCTAGON);

        private final Feather icon;

        Kind(Feather icon) {
            this.icon = icon;
        }

        private String style() {
            return "notice-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final int MOST = 400;

    private final VBox lines = new VBox();
    private String said = "";

    Notice(String id) {
        setId(id);
        getStyleClass().add("notice");
        lines.getStyleClass().add("lines");
        HBox.setHgrow(lines, Priority.ALWAYS);
        Parts.visible(this, false);
    }

    /// One sentence.
    void say(Kind kind, String words) {
        String said = Words.said(words);
        show(kind, said, List.of(new Problem(said, "", "")));
    }

    /// What happened, why, and what to do; several at once.
    void problems(Kind kind, List<Problem> problems) {
        if (problems.isEmpty()) {
            clear();
            return;
        }
        List<Problem> spoken = problems.stream().map(Words::said).toList();
        show(
                kind,
                spoken.stream().map(Problem::toString).collect(Collectors.joining("\n")),
                spoken);
        if (kind == Kind.BAD) {
            getChildren()
                    .add(Parts.copyButton(getId() + "-copy", text("copy.details"), () -> said));
        }
    }

    /// Nothing to say.
    void clear() {
        said = "";
        Parts.visible(this, false);
    }

    /// All its words.
    String said() {
        return said;
    }

    private void show(Kind kind, String words, List<Problem> problems) {
        said = words;
        FontIcon icon = new FontIcon(kind.icon);
        getStyleClass().setAll("notice", kind.style());
        lines.getChildren().setAll(problems.stream().map(Notice::line).toList());
        getChildren().setAll(icon, lines);
        setAccessibleText(words);
        Parts.visible(this, true);
    }

    /// What was typed may be of any length; the whole of it can still be copied.
    private static String cut(String words) {
        return words.length() > MOST ? words.substring(0, MOST) + "…" : words;
    }

    private static VBox line(Problem p) {
        Label what = Parts.prose(cut(p.what()), "notice-what");
        String rest = cut((p.why() + " " + p.remedy()).strip());
        VBox box = new VBox(what);
        if (!rest.isEmpty()) {
            box.getChildren().add(Parts.prose(rest, "notice-rest"));
        }
        return box;
    }
}
