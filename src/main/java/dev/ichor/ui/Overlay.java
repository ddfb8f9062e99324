package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Questions in the window itself: one at a time over the dimmed content, others wait their turn.
final class Overlay extends StackPane {
    /// A question.
    ///
    /// @param title what is asked
    /// @param words what the owner should know
    /// @param content a control for the answer, or null
    /// @param verb key of the words on the button that agrees
    /// @param yes what then happens
    /// @param no what happens otherwise, or null when there is nothing to refuse
    record Question(
            String title,
            String words,
            @Nullable Region content,
            String verb,
            Runnable yes,
            @Nullable Runnable no) {}

    private final StackPane content = new StackPane();
    private final StackPane scrim = new StackPane();
    private final Deque<Question> waiting = new ArrayDeque<>();
    private @Nullable Question open;
    private @Nullable Node focusBefore;

    Overlay() {
        scrim.getStyleClass().add("scrim");
        Parts.visible(scrim, false);
        getChildren().addAll(content, scrim);
        scrim.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() == KeyCode.ESCAPE) {
                        e.consume();
                        answer(false);
                    }
                });
    }

    /// The overlay of the window that shows `node`.
    static Optional<Overlay> above(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof Overlay o) {
                return Optional.of(o);
            }
        }
        return Optional.empty();
    }

    /// What lies under the questions.
    void content(Region node) {
        content.getChildren().setAll(node);
    }

    /// Asks now, or after the question that is open.
    void ask(Question question) {
        waiting.add(question);
        if (open == null) {
            next();
        }
    }

    /// Asks this in the place of the question that is open.
    void instead(Question question) {
        waiting.addFirst(question);
        shut();
    }

    /// Takes a question back.
    void withdraw(Question question) {
        waiting.remove(question);
        if (open == question) {
            shut();
        }
    }

    private void next() {
        Question q = waiting.poll();
        if (q == null) {
            return;
        }
        open = q;
        focusBefore = getScene() == null ? null : getScene().getFocusOwner();
        content.setDisable(true);
        scrim.getChildren().setAll(card(q));
        Parts.visible(scrim, true);
        javafx.application.Platform.runLater(() -> focus(q));
    }

    private VBox card(Question q) {
        Label title = Parts.prose(q.title(), "h3");
        VBox card = new VBox(title);
        if (!q.words().isEmpty()) {
            card.getChildren().add(Parts.prose(q.words()));
        }
        if (q.content() != null) {
            card.getChildren().add(q.content());
        }
        Button yes = button("answer-yes", q.verb(), true);
        Button no = button("answer-no", "cancel", false);
        Parts.visible(no, q.no() != null);
        yes.getStyleClass().add("accent");
        yes.setDefaultButton(true);
        card.getChildren().add(Parts.row(Parts.spacer(), no, yes));
        card.getStyleClass().add("dialog-card");
        card.setId("question");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(q.title());
        card.setMaxHeight(Region.USE_PREF_SIZE);
        return card;
    }

    private Button button(String id, String key, boolean agrees) {
        Button b = new Button(text(key));
        b.setId(id);
        b.setMinWidth(Region.USE_PREF_SIZE);
        b.setOnAction(e -> answer(agrees));
        return b;
    }

    private void answer(boolean yes) {
        Question q = open;
        if (q != null) {
            shut();
            (yes || q.no() == null ? q.yes() : q.no()).run();
        }
    }

    private void shut() {
        open = null;
        Parts.visible(scrim, false);
        scrim.getChildren().clear();
        content.setDisable(false);
        if (focusBefore != null) {
            focusBefore.requestFocus();
        }
        next();
    }

    private void focus(Question q) {
        boolean field = q.content() != null && q.content().isFocusTraversable();
        Node first = field ? q.content() : scrim.lookup("#answer-yes");
        if (first != null) {
            first.requestFocus();
        }
    }
}
