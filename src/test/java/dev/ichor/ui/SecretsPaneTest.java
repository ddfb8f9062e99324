package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.steps.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The secret files of a cluster, in the window.
class SecretsPaneTest {
    @TempDir private Path dir;

    @Test
    void lock_save_and_renew_each_say_what_came_of_it() throws Exception {
        Path lab = dir.resolve("clusters/lab");
        Ui ui = Ui.start();
        Desk desk = new Desk(new Home(dir).open(lab, new Questions(new Overlay())), s -> {});
        try {
            ui.show(() -> new SecretsPane(lab, desk::tell).view(), 900, 500);
            ui.click("#renew");
            ui.waitFor(() -> ui.words("#secrets-said").contains("Do the step Configure first."));
            desk.tell(new Intent.Edit(d -> Posed.assigned()));
            desk.tell(new Intent.Start(Step.CONFIGURE));
            ui.waitFor(() -> java.nio.file.Files.exists(lab.resolve("private/talosconfig")));

            ui.type("#new-passphrase", "short");
            ui.click("#save-kit");
            ui.waitFor(() -> ui.words("#secrets-said").contains("That passphrase is too short."));
            ui.type("#new-passphrase", "eight words or so");
            ui.click("#save-kit");
            ui.waitFor(() -> ui.words("#secrets-said").startsWith("The recovery kit is "));
            assertThat(lab.resolve("private/recovery-kit.age")).isNotEmptyFile();
            ui.type("#new-passphrase", "eight words or so");
            ui.click("#lock");
            ui.waitFor(() -> ui.words("#secrets-said").startsWith("The secret files are locked."));
            assertThat(lab.resolve("private/private.age")).isNotEmptyFile();
            assertThat(lab.resolve("private/secrets.yaml")).doesNotExist();
        } finally {
            ui.close();
            desk.close();
        }
    }
}
