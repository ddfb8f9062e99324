package dev.ichor.ui;

import dev.ichor.cluster.ProblemException;

import javafx.application.Application;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

/// The wizard's door: starts the toolkit and opens the window.
public final class Wizard {
    private static @Nullable Fronts fronts;

    private Wizard() {}

    /// Opens the wizard and returns when its window is closed. To be called once.
    ///
    /// @throws ProblemException when this computer cannot show a window
    public static void launch(Fronts where) throws ProblemException {
        fronts = where;
        try {
            Application.launch(App.class);
        } catch (UnsupportedOperationException e) {
            throw noWindow(String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException noWindow(String why) {
        String otherwise = " Without a window: ichor --help lists the commands.";
        return why.contains("GTK")
                ? new ProblemException(
                        "The wizard needs GTK 3, which is not installed.",
                        "",
                        "Install it (Debian and Ubuntu: sudo apt install libgtk-3-0; Fedora: sudo"
                                + " dnf install gtk3)."
                                + otherwise)
                : new ProblemException(
                        "The wizard cannot open a window on this display.",
                        "It says: " + why + ".",
                        "Start it where you are logged in with a screen." + otherwise);
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
            window.openAtOnce();
            // bin/ichor --make-cache
            if (Boolean.getBoolean("ichor.learn")) {
                window.learn();
            }
        }

        @Override
        public void stop() throws InterruptedException {
            if (window != null) {
                window.awaitClosed();
            }
        }
    }
}
