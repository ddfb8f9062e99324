import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javafx.util.Duration;

/** The least that JavaFX can show, as large as our window: what a start is compared with. */
public final class EmptyWindow {
    private EmptyWindow() {}

    public static void main(String[] args) {
        Application.launch(Shown.class);
    }

    /** For the toolkit. */
    public static final class Shown extends Application {
        @Override
        public void start(Stage stage) {
            stage.setScene(new Scene(new StackPane(), 1240, 800, Color.WHITE));
            stage.show();
            if (Boolean.getBoolean("ichor.learn")) {
                PauseTransition moment = new PauseTransition(Duration.seconds(2));
                moment.setOnFinished(e -> stage.hide());
                moment.play();
            }
        }
    }
}
