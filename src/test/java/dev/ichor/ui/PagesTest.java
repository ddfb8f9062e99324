package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What holds for every page in every state.
class PagesTest {
    private static final double WIDTH = 960;
    private static final double HEIGHT = 620;

    private final Ui ui = Ui.start();
    private final Logger css = Logger.getLogger("javafx.css");

    @AfterEach
    void close() {
        Words.speak(Locale.ROOT);
        ui.close();
    }

    @Test
    void no_style_sheet_has_anything_to_complain_of_in_light_and_dark() {
        List<String> warnings = new ArrayList<>();
        Handler collector = new Collector(warnings);
        css.addHandler(collector);
        try {
            everyPage(Look.LIGHT, root -> {});
            everyPage(Look.DARK, root -> {});
            List<String> faint = new ArrayList<>();
            everyPage(Look.CONTRAST, root -> all(root).forEach(n -> faint(n, faint)));
            assertThat(faint).as("in high contrast").isEmpty();
            assertThat(warnings).isEmpty();

            one(Label::new, Look.LIGHT, root -> root.setStyle("-fx-text-fill: -no-such"));
            assertThat(warnings).as("the collector works").isNotEmpty();
        } finally {
            css.removeHandler(collector);
        }
    }

    @Test
    void the_log_shows_what_is_searched_for_and_a_report_says_where_it_is(@TempDir Path dir)
            throws Exception {
        Files.createDirectories(dir.resolve("logs"));
        Files.writeString(dir.resolve("logs/boot-2026-11-22.jsonl"), "");
        Snapshot boots = Posed.booting();
        ui.show(() -> Gallery.shell(boots, Step.BOOT, Posed.log(), dir), 1240, 800);
        ui.waitFor(() -> lines().size() > 5);
        ui.type("#log-search", "WORKER-3");
        ui.waitFor(
                () -> !lines().isEmpty() && lines().stream().allMatch(l -> l.contains("worker-3")));
        ui.click("#report");
        ui.waitFor(() -> ui.visible("#report-said"));
        assertThat(ui.words("#report-said")).contains("There is no cluster in " + dir);
    }

    private List<String> lines() {
        ListView<?> log = (ListView<?>) ui.stage().getScene().lookup("#log");
        return log.getItems().stream().map(Object::toString).toList();
    }

    @Test
    void every_control_has_a_name_for_the_screen_reader() {
        List<String> nameless = new ArrayList<>();
        everyPage(
                Look.LIGHT,
                root ->
                        all(root).stream()
                                .filter(PagesTest::wantsName)
                                .filter(n -> !hasName(n))
                                .forEach(n -> nameless.add(n.toString())));

        assertThat(nameless).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void in_the_smallest_window_nothing_is_outside_and_no_button_is_cut(String language) {
        List<String> wrong = new ArrayList<>();
        Words.speak(Locale.of(language));
        everyPage(
                Look.LIGHT,
                root -> {
                    for (Node n : all(root)) {
                        if (n instanceof ButtonBase b && seen(b)) {
                            check(b, wrong);
                        }
                    }
                });

        assertThat(wrong).isEmpty();
    }

    private void everyPage(Look scheme, Consumer<Parent> look) {
        Gallery.pictures().values().forEach(page -> one(page, scheme, look));
    }

    private void one(Supplier<? extends Region> page, Look scheme, Consumer<Parent> look) {
        ui.window(stage -> {
            Scene scene = new Scene(page.get(), WIDTH, HEIGHT);
            Theme.dress(scene, scheme, false);
            stage.setScene(scene);
        });
        ui.onScreen(() -> {
            Parent root = ui.stage().getScene().getRoot();
            root.applyCss();
            root.layout();
            look.accept(root);
            root.applyCss();
            ui.stage().hide();
            return true;
        });
    }

    private static void check(ButtonBase b, List<String> wrong) {
        Bounds at = b.localToScene(b.getBoundsInLocal());
        if (!scrolls(b) && outside(at)) {
            wrong.add("outside: " + b);
        }
        String words = b.getText();
        if (words != null && !words.isBlank() && !words.equals(drawn(b))) {
            wrong.add("cut to " + drawn(b) + ": " + b);
        }
    }

    private static boolean outside(Bounds at) {
        return at.getMinX() < 0
                || at.getMaxX() > WIDTH
                || at.getMinY() < 0
                || at.getMaxY() > HEIGHT;
    }

    private static String drawn(Labeled labeled) {
        return labeled.lookupAll(".text").stream()
                .filter(Text.class::isInstance)
                .map(n -> ((Text) n).getText())
                .findFirst()
                .orElse("");
    }

    /// Letters want 7 to 1 against what is behind them (WCAG 2.2, 1.4.6).
    private static void faint(Node n, List<String> faint) {
        if (n instanceof Label l && seen(l) && !l.getText().isBlank() && !l.isDisabled()) {
            double ratio = ratio((Color) l.getTextFill(), behind(l));
            if (ratio < 7) {
                faint.add(String.format("%.1f %s", ratio, l));
            }
        }
    }

    private static Color behind(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof Region r && r.getBackground() != null) {
                for (BackgroundFill fill : r.getBackground().getFills().reversed()) {
                    if (fill.getFill() instanceof Color c && c.getOpacity() > 0.5) {
                        return c;
                    }
                }
            }
        }
        return Color.BLACK;
    }

    private static double ratio(Color a, Color b) {
        double high = Math.max(light(a), light(b));
        double low = Math.min(light(a), light(b));
        return (high + 0.05) / (low + 0.05);
    }

    /// Relative luminance (WCAG 2.2).
    private static double light(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static boolean wantsName(Node n) {
        boolean control =
                n instanceof ButtonBase
                        || n instanceof TextInputControl
                        || n instanceof ChoiceBox<?>
                        || n instanceof ListView<?>
                        || n instanceof ProgressBar;
        // Parts of a control speak for the control.
        return control && n.isVisible() && n.getId() != null && n.isFocusTraversable();
    }

    private static boolean hasName(Node n) {
        boolean words = n instanceof Labeled l && l.getText() != null && !l.getText().isBlank();
        return words || (n.getAccessibleText() != null && !n.getAccessibleText().isBlank());
    }

    private static boolean seen(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /// What lies in a list or a scrolled page may be outside until it is scrolled to.
    private static boolean scrolls(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof ScrollPane || n instanceof javafx.scene.control.Cell<?>) {
                return true;
            }
        }
        return false;
    }

    private static List<Node> all(Parent root) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(root);
        for (Node n : root.getChildrenUnmodifiable()) {
            if (n instanceof Parent p) {
                nodes.addAll(all(p));
            } else {
                nodes.add(n);
            }
        }
        return nodes;
    }

    private static final class Collector extends Handler {
        private final List<String> warnings;

        Collector(List<String> warnings) {
            this.warnings = warnings;
        }

        @Override
        public void publish(LogRecord record) {
            warnings.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
