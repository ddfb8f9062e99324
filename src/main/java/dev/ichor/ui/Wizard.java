package dev.ichor.ui;

import javafx.application.Application;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

/// The wizard's door: starts the toolkit and opens the window.
public final class Wizard {
    private static @Nullable Fronts fronts;

    private Wizard() {}

    /// Opens the wizard and returns when its window is closed. To be called once.
    public static void launch(Fronts where) {
        fronts = where;
        Application.launch(App.class);
    }

    /// What the toolkit wants to make by itself; it must be public for that.
    public static final class App extends Application {
        private @Nullable Window window;

        /// For the toolkit.
        public App() {}

        @Override
        public void start(Stage stage) {
            if (fronts == null) {
                throw new IllegalStateException("start with Wizard.launch");
            }
            window = new Window(stage, fronts);
            window.open();
        }

        @Override
        public void stop() throws InterruptedException {
            if (window != null) {
                window.awaitClosed();
            }
        }
    }
}
