package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.steps.Guide;
import dev.ichor.steps.Step;

import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.util.List;

/// What a step is about, what to do when it does not go on, the keys that work everywhere, and the
/// pages of the guide.
final class Help {
    /// The keys, and the name of what each does.
    private static final List<String> KEYS =
            List.of("F1", "Alt+1 … Alt+8", "Enter", "Tab", "Esc", "Ctrl+C", "F11", "Shift+F10");

    private static final double PAGE_HEIGHT = 380;

    private Help() {}

    /// Help for a step, as something to be shown over the page.
    static Overlay.Question about(Step step) {
        return new Overlay.Question(
                text("step." + step + ".title"),
                text("step." + step + ".help"),
                new VBox(pages(), keys()),
                "close",
                () -> {},
                null);
    }

    private static VBox pages() {
        VBox all = new VBox();
        for (Guide page : Guide.values()) {
            Hyperlink link = new Hyperlink(page.title(Words.locale()));
            link.setId("guide-" + page);
            link.setOnAction(e -> Overlay.above(link).ifPresent(o -> o.instead(about(page))));
            all.getChildren().add(link);
        }
        return all;
    }

    private static Overlay.Question about(Guide page) {
        VBox text = new VBox();
        text.getStyleClass().add("guide");
        for (Guide.Line line : page.lines(Words.locale()).stream().skip(1).toList()) {
            text.getChildren().add(label(line));
        }
        ScrollPane scroll = new ScrollPane(text);
        scroll.setId("guide-text");
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(PAGE_HEIGHT);
        return new Overlay.Question(
                page.title(Words.locale()), "", scroll, "close", () -> {}, null);
    }

    private static Label label(Guide.Line line) {
        return line.kind() == Guide.Kind.SECTION
                ? Parts.prose(line.text(), "h4")
                : Parts.prose((line.kind() == Guide.Kind.ITEM ? "• " : "") + line.text());
    }

    private static GridPane keys() {
        GridPane grid = new GridPane();
        grid.setId("keys");
        grid.getStyleClass().add("keys");
        for (int i = 0; i < KEYS.size(); i++) {
            Label does = Parts.prose(text("keys." + i));
            grid.addRow(i, Parts.whole(KEYS.get(i), "mono", "key"), does);
        }
        return grid;
    }
}
