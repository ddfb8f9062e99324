package dev.ichor.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Drives a window as its owner would: mouse, keys, eyes. The only class that knows the test
/// toolkit.
final class Ui {
    private static final int PATIENCE_SECONDS = 60;
    private static final int MOST_TABS = 60;

    private final FxRobot robot = new FxRobot();
    private @Nullable Stage stage;

    /// Starts the toolkit, or skips the test where it cannot be started.
    static Ui start() {
        try {
            Ui ui = new Ui();
            FxToolkit.registerPrimaryStage();
            // A test must not end the toolkit for the next one by closing its window.
            Platform.setImplicitExit(false);
            return ui;
        } catch (TimeoutException | RuntimeException | LinkageError e) {
            assumeTrue(false, "skipped: JavaFX cannot start here: " + e);
            throw new IllegalStateException(e);
        }
    }

    /// Shows a window that the given code fills.
    Ui window(Consumer<Stage> fill) {
        onScreen(() -> {
            stage = new Stage();
            fill.accept(stage);
            if (!stage.isShowing()) {
                stage.show();
            }
            return null;
        });
        settle();
        return this;
    }

    /// Shows a node in a dressed scene.
    Ui show(Supplier<Region> content, double width, double height) {
        return window(s -> {
            Scene scene = new Scene(content.get(), width, height);
            Theme.dress(scene, Look.LIGHT, false);
            s.setScene(scene);
        });
    }

    /// Closes the window.
    void close() {
        onScreen(() -> {
            if (stage != null) {
                stage.hide();
            }
            return null;
        });
    }

    void click(String idOrText) {
        waitFor(() -> visible(idOrText) && !robot.lookup(idOrText).query().isDisabled());
        robot.clickOn(idOrText);
        settle();
    }

    /// Opens the menu of what shows that text.
    void menu(String text) {
        waitFor(() -> visible(text));
        onScreen(() -> {
            Node n = robot.lookup(text).query();
            Bounds at = n.localToScreen(n.getBoundsInLocal());
            // The headless platform has no press that asks for a menu.
            n.fireEvent(
                    new ContextMenuEvent(
                            ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                            0,
                            0,
                            at.getCenterX(),
                            at.getCenterY(),
                            false,
                            null));
            return null;
        });
        settle();
    }

    /// Presses a button by the keyboard alone: Tab to it, then the space bar.
    void key(String id) {
        waitFor(() -> visible(id) && !robot.lookup(id).query().isDisabled());
        for (int i = 0; i < MOST_TABS && !focused(id); i++) {
            press(KeyCode.TAB);
        }
        waitFor(() -> focused(id));
        press(KeyCode.SPACE);
    }

    private boolean focused(String id) {
        return onScreen(() -> {
            Node owner = stage().getScene().getFocusOwner();
            return owner != null && ("#" + owner.getId()).equals(id);
        });
    }

    void type(String id, String words) {
        click(id);
        robot.push(KeyCode.CONTROL, KeyCode.A).write(words);
        settle();
    }

    void press(KeyCode... keys) {
        robot.push(keys);
        settle();
    }

    /// The words of a label or button.
    String words(String id) {
        Node n = robot.lookup(id).query();
        if (n instanceof Notice notice) {
            return notice.said();
        }
        return n instanceof Labeled l ? l.getText() : n.getAccessibleText();
    }

    /// All words on the screen.
    private String words() {
        return robot.lookup(n -> n instanceof Labeled && seen(n)).queryAll().stream()
                .map(n -> ((Labeled) n).getText())
                .filter(t -> t != null && !t.isBlank())
                .collect(Collectors.joining(" | "));
    }

    boolean disabled(String id) {
        return robot.lookup(id).query().isDisabled();
    }

    boolean visible(String idOrText) {
        return robot.lookup(idOrText).queryAll().stream().anyMatch(Ui::seen);
    }

    /// Waits until the condition holds.
    ///
    /// @throws AssertionError when it does not in a minute
    void waitFor(Callable<Boolean> condition) {
        waitFor(condition, PATIENCE_SECONDS);
    }

    void waitFor(Callable<Boolean> condition, int seconds) {
        try {
            WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> onScreen(condition));
        } catch (TimeoutException e) {
            throw new AssertionError("not so in " + seconds + " s; on the screen: " + words(), e);
        }
    }

    /// Runs on the toolkit's thread.
    <T> T onScreen(Callable<T> what) {
        return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, what);
    }

    Stage stage() {
        return Objects.requireNonNull(stage, "no window was opened");
    }

    void settle() {
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static boolean seen(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }
}
