package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Problem;

import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What becomes of the secret files: locked with a passphrase, saved as a recovery kit, renewed.
final class SecretsPane {
    private final PasswordField passphrase = new PasswordField();
    private final Notice said = new Notice("secrets-said");
    private final Consumer<Intent> tell;
    private final Path kit;
    private final VBox view;

    /// @param folder the cluster's
    SecretsPane(Path folder, Consumer<Intent> tell) {
        this.tell = tell;
        this.kit = folder.resolve("private").resolve("recovery-kit.age");
        passphrase.setId("new-passphrase");
        passphrase.setPrefColumnCount(24);
        Button lock = Parts.button("lock", "finish.lock", Feather.LOCK, this::lock);
        Button save = Parts.button("save-kit", "finish.kit", Feather.ARCHIVE, this::save);
        Button renew = Parts.button("renew", "finish.renew", Feather.REFRESH_CW, this::renew);
        view =
                Parts.stack(
                        Parts.label(text("finish.keep"), "h3"),
                        Parts.prose(text("finish.secret"), "muted"),
                        Parts.field("finish.passphrase", passphrase),
                        Parts.row(lock, save, renew),
                        said);
    }

    VBox view() {
        return view;
    }

    private void lock() {
        char[] typed = taken();
        keep(files -> files.lock(typed), text("finish.locked"));
    }

    private void save() {
        char[] typed = taken();
        keep(files -> files.exportKit(kit, typed), text("finish.kit.saved", kit));
    }

    private void renew() {
        keep(files -> files.renew(), text("finish.renewed"));
    }

    /// What was typed is not left on the screen.
    private char[] taken() {
        char[] typed = passphrase.getText().toCharArray();
        passphrase.clear();
        return typed;
    }

    private void keep(Intent.Act act, String done) {
        view.setDisable(true);
        tell.accept(new Intent.Keep(act, trouble -> told(trouble, done)));
    }

    private void told(Optional<Problem> trouble, String done) {
        view.setDisable(false);
        trouble.ifPresentOrElse(
                p -> said.problems(Notice.Kind.BAD, List.of(p)),
                () -> said.say(Notice.Kind.GOOD, done));
    }
}
