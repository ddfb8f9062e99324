package dev.ichor.ui;

import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Finding;

import javafx.scene.Node;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.function.Consumer;

/// What of this PC would stand in the way of its servers, each with what cures it.
final class Obstacles extends VBox {
    private final Consumer<Intent> tell;
    private List<Finding> shown = List.of();

    Obstacles(Consumer<Intent> tell) {
        this.tell = tell;
        setId("obstacles");
        getStyleClass().add("stack");
        Parts.visible(this, false);
    }

    /// What the router says has a place of its own.
    void show(List<Finding> all) {
        List<Finding> now = all.stream().filter(f -> f.cause() != Cause.SECOND_SERVER).toList();
        if (!now.equals(shown)) {
            shown = now;
            getChildren().setAll(now.stream().map(this::notice).toList());
            Parts.visible(this, !now.isEmpty());
        }
    }

    private Node notice(Finding f) {
        Notice notice = new Notice("obstacle-" + f.cause());
        notice.problems(Notice.Kind.WARNING, List.of(f.problem()));
        Cure.of(f)
                .ifPresent(c ->
                        notice.getChildren()
                                .add(
                                        Parts.button(
                                                "cure-" + f.cause(),
                                                "remedy." + f.remedy(),
                                                Feather.CHECK,
                                                () -> tell.accept(c.intent()))));
        return notice;
    }
}
