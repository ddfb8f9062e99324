package dev.ichor.ui;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

import java.util.List;

/// Where the window lies: as it was left, where that can still be seen.
final class Frame {
    private static final double MIN_WIDTH = 960;
    private static final double MIN_HEIGHT = 620;

    /// So much of the title bar must be on a screen for the mouse to take hold of it.
    private static final double GRIP_WIDTH = 120;

    private static final double GRIP_HEIGHT = 30;

    private Frame() {}

    /// Puts the window where it was, and notes where it is when it goes.
    static void keep(Stage stage, Settings settings) {
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        settings.place()
                .filter(at -> seen(at, screens()))
                .ifPresent(at -> {
                    stage.setX(at.getMinX());
                    stage.setY(at.getMinY());
                    stage.setWidth(at.getWidth());
                    stage.setHeight(at.getHeight());
                });
        stage.setMaximized(settings.maximised());
        stage.setOnHiding(e -> note(stage, settings));
    }

    /// Whether a window there can be taken hold of: the screen it lay on may be gone.
    static boolean seen(Rectangle2D window, List<Rectangle2D> screens) {
        Rectangle2D bar =
                new Rectangle2D(window.getMinX(), window.getMinY(), window.getWidth(), GRIP_HEIGHT);
        return screens.stream()
                .anyMatch(s ->
                        Math.min(s.getMaxX(), bar.getMaxX()) - Math.max(s.getMinX(), bar.getMinX())
                                        >= GRIP_WIDTH
                                && bar.getMinY() >= s.getMinY()
                                && bar.getMaxY() <= s.getMaxY());
    }

    private static List<Rectangle2D> screens() {
        return Screen.getScreens().stream().map(Screen::getVisualBounds).toList();
    }

    private static void note(Stage stage, Settings settings) {
        if (stage.isMaximized() || stage.isFullScreen()) {
            settings.filledScreen();
        } else if (!stage.isIconified()) {
            settings.lay(
                    new Rectangle2D(
                            stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()));
        }
    }
}
