package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Problem;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What is seen first: go on with a cluster, begin a new one, or try it all on a pretended network.
final class Welcome extends BorderPane {
    private final Recent recent;
    private final Consumer<Path> open;
    private final ChoiceBox<Language> language = new ChoiceBox<>();
    private final ChoiceBox<Look> look = new ChoiceBox<>();
    private final CheckBox calm = new CheckBox(text("calm"));
    private final Notice notice = new Notice("welcome-notice");
    private final VBox choices = new VBox();
    private final ProgressBar busy = new ProgressBar();
    private final TextField name = new TextField();

    /// What the owner can wish for here.
    ///
    /// @param demo to try it
    /// @param open to open the cluster of a folder
    /// @param speak to read another language
    /// @param dress to see other colours
    record Wishes(
            Runnable demo,
            Consumer<Path> open,
            Consumer<Language> speak,
            Consumer<Theme.Wish> dress) {}

    /// What was chosen before.
    record Chosen(Language language, Theme.Wish theme) {}

    Welcome(Path home, Chosen chosen, Wishes wishes) {
        this.recent = new Recent(home);
        this.open = wishes.open();
        getStyleClass().addAll("shell", "welcome");
        Rail rail = new Rail(s -> {});
        rail.showNothing();
        widthProperty().addListener((o, was, is) -> rail.narrow(is.doubleValue() < 1100));
        choices.getStyleClass().add("choices");
        recent.names().forEach(n -> choices.getChildren().add(goOn(n)));
        choices.getChildren().addAll(fresh(), pretend(wishes.demo()));
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.setAccessibleText(text("welcome.opening"));
        Parts.visible(busy, false);
        Label title = Parts.label(text("welcome.title"), "h2");
        title.setId("title");
        language.setId("language");
        language.setAccessibleText(text("language"));
        language.setTooltip(new Tooltip(text("language")));
        language.getItems().setAll(Language.values());
        language.setValue(chosen.language());
        language.setOnAction(e -> wishes.speak().accept(language.getValue()));
        dressing(chosen.theme(), wishes.dress());
        VBox middle =
                new VBox(
                        Parts.row(title, Parts.spacer(), calm, look, language),
                        Parts.prose(text("welcome.lead"), "muted"),
                        notice,
                        busy,
                        choices);
        middle.getStyleClass().add("welcome-middle");
        VBox.setVgrow(choices, Priority.ALWAYS);
        ScrollPane scroll = new ScrollPane(middle);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("body");
        setLeft(rail);
        setCenter(scroll);
    }

    private void dressing(Theme.Wish before, Consumer<Theme.Wish> dress) {
        look.setId("look");
        look.setAccessibleText(text("look"));
        look.setTooltip(new Tooltip(text("look")));
        look.getItems().setAll(Look.values());
        look.setValue(before.look());
        calm.setId("calm");
        calm.setTooltip(new Tooltip(text("calm.words")));
        calm.setSelected(before.calm());
        Runnable changed = () -> dress.accept(new Theme.Wish(look.getValue(), calm.isSelected()));
        look.setOnAction(e -> changed.run());
        calm.setOnAction(e -> changed.run());
    }

    /// The keyboard begins at the likeliest choice: to go on, or to try.
    void focus() {
        Node likely = recent.names().isEmpty() ? lookup("#demo") : lookup(".accent");
        if (likely != null) {
            likely.requestFocus();
        }
    }

    /// The keyboard stays where the language was chosen.
    void focusLanguage() {
        language.requestFocus();
    }

    /// While a cluster is being opened nothing else can be chosen.
    void busy(boolean on) {
        notice.clear();
        choices.setDisable(on);
        Parts.visible(busy, on);
    }

    /// It could not be opened.
    void failed(Problem problem) {
        busy(false);
        notice.problems(Notice.Kind.BAD, List.of(problem));
    }

    private VBox goOn(String cluster) {
        Button b = verb("continue-" + cluster, "welcome.continue.verb");
        b.getStyleClass().add("accent");
        b.setOnAction(e -> open.accept(recent.folder(cluster)));
        return choice(Feather.FOLDER, text("welcome.continue", cluster), where(cluster), b);
    }

    private String where(String cluster) {
        return recent.folder(cluster).toString();
    }

    private VBox fresh() {
        name.setId("new-name");
        name.setPromptText(text("welcome.new.name"));
        name.setAccessibleText(text("welcome.new.name"));
        name.setPrefColumnCount(20);
        name.setOnAction(e -> create());
        Button b = verb("new-cluster", "welcome.new.verb");
        b.setOnAction(e -> create());
        return choice(
                Feather.PLUS, text("welcome.new"), text("welcome.new.words"), Parts.row(name, b));
    }

    private VBox pretend(Runnable demo) {
        Button b = verb("demo", "welcome.demo.verb");
        b.setOnAction(e -> demo.run());
        return choice(Feather.PLAY, text("welcome.demo"), text("welcome.demo.words"), b);
    }

    private static Button verb(String id, String key) {
        Button b = new Button(text(key));
        b.setId(id);
        b.setMinWidth(USE_PREF_SIZE);
        return b;
    }

    private void create() {
        String wanted = name.getText().strip();
        if (recent.fits(wanted)) {
            open.accept(recent.folder(wanted));
        } else {
            notice.problems(
                    Notice.Kind.WARNING,
                    List.of(new Problem(text("welcome.badname"), "", text("welcome.badname.do"))));
            name.requestFocus();
        }
    }

    private static VBox choice(Feather icon, String title, String words, Node action) {
        FontIcon i = new FontIcon(icon);
        i.getStyleClass().add("choice-icon");
        VBox text = new VBox(Parts.label(title, "h3"), Parts.prose(words, "muted"));
        text.setMinWidth(0);
        javafx.scene.layout.HBox.setHgrow(text, Priority.ALWAYS);
        javafx.scene.layout.HBox row = Parts.row(i, text, action);
        VBox card = new VBox(row);
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().addAll("card", "choice");
        return card;
    }
}
