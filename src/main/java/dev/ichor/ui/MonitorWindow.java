package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.steps.Snapshot;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

import org.controlsfx.control.ToggleSwitch;

import java.util.function.Consumer;

/// The live monitor as a window of its own, which stays on top when asked to.
final class MonitorWindow {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 700;
    private static final double MIN_WIDTH = 900;
    private static final double MIN_HEIGHT = 560;

    private final Stage stage = new Stage();
    private final Overlay overlay = new Overlay();
    private final VBox frame = new VBox();
    private MonitorPage page;

    /// @param more beside the switch above the page
    MonitorWindow(String title, MonitorPage page, Node... more) {
        this.page = page;
        ToggleSwitch top = new ToggleSwitch(text("window.top"));
        top.setId("on-top");
        top.selectedProperty().addListener((o, was, is) -> stage.setAlwaysOnTop(is));
        HBox head = Parts.row(top);
        head.getChildren().addAll(more);
        head.getStyleClass().add("window-head");
        frame.getStyleClass().add("shell");
        frame.getChildren().add(head);
        overlay.content(frame);
        Scene scene = new Scene(overlay, WIDTH, HEIGHT);
        Theme.follow(scene);
        stage.setScene(scene);
        stage.setTitle(title);
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        stage.setOnHidden(e -> this.page.onScreen(false));
        put(page);
    }

    /// Shows another page instead.
    void put(MonitorPage next) {
        page.onScreen(false);
        page = next;
        VBox.setVgrow(next.view(), Priority.ALWAYS);
        frame.getChildren().setAll(frame.getChildren().getFirst(), next.view());
        if (stage.isShowing()) {
            next.onScreen(true);
        }
    }

    /// What happens when the owner closes it.
    void onClosing(Consumer<WindowEvent> then) {
        stage.setOnCloseRequest(then::accept);
    }

    /// Shows it, or brings it to the front.
    void open() {
        if (stage.isShowing()) {
            stage.toFront();
            return;
        }
        stage.show();
        page.onScreen(true);
    }

    /// Draws a snapshot.
    void show(Snapshot now) {
        page.show(now);
    }

    void ask(Overlay.Question question) {
        overlay.ask(question);
    }

    boolean showing() {
        return stage.isShowing();
    }

    Stage stage() {
        return stage;
    }

    void close() {
        stage.hide();
    }
}
