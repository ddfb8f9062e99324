package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Wiring;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.FakeDsm;
import dev.ichor.steps.NasServices;
import dev.ichor.steps.Session;

import javafx.application.Platform;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The NAS page's way to set a Synology's services, on a pretended DSM.
class SetSynologyTest {
    @TempDir private Path dir;
    private final Ui ui = Ui.start();
    private final CompletableFuture<Questions> owner = new CompletableFuture<>();
    private final CompletableFuture<Session> session = new CompletableFuture<>();
    private FakeDsm fake;

    @BeforeEach
    void show() throws Exception {
        fake = FakeDsm.start();
        fake.code = "123456";
        Files.writeString(
                dir.resolve("cluster.json"),
                """
                {"version": 1, "clusterName": "lab", "endpoint": "https://192.168.1.51:6443",
                 "talos": "v1.13.9", "kubernetes": "1.36.3",
                 "machines": {"4c:52:62:08:a3:ce": {"ip": "192.168.1.51"}},
                 "wishes": {"4c:52:62:08:a3:ce": {"role": "CONTROL_PLANE",
                   "hostname": "control-1", "disk": "/dev/sda"}},
                 "nas": {"host": "localhost", "port": 22, "user": "%s",
                   "folder": "/docker/matchbox", "httpBase": "http://192.168.1.20:8080"}}
                """
                        .formatted(FakeDsm.USER));
        ui.show(
                () -> {
                    Overlay overlay = new Overlay();
                    SetButtons buttons =
                            new SetButtons("nas", (act, told) -> tell(new Intent.OnNas(act, told)));
                    overlay.content(Parts.stack(buttons.row(), buttons.notice()));
                    owner.complete(new Questions(overlay));
                    return overlay;
                },
                960,
                620);
        session.complete(new Wiring().open(dir, owner.join()));
    }

    @AfterEach
    void close() throws Exception {
        session.join().close();
        ui.close();
        fake.close();
    }

    /// As the desk does it, on the pretended DSM's port.
    private void tell(Intent intent) {
        Intent.OnNas i = (Intent.OnNas) intent;
        Thread.ofVirtual()
                .start(() -> {
                    try (NasServices nas =
                            NasServices.open(session.join(), owner.join(), fake.port())) {
                        i.act().on(nas);
                        Platform.runLater(() -> i.told().accept(Optional.empty()));
                    } catch (ProblemException e) {
                        Platform.runLater(() -> i.told().accept(Optional.of(e.problem())));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private void logIn(String password) throws Exception {
        ui.waitFor(() -> ui.visible("Is this your NAS? First connection to localhost"));
        ui.click("#answer-yes");
        ui.waitFor(() -> ui.visible("#password"));
        ui.type("#password", password);
        ui.click("#answer-yes");
    }

    @Test
    void shows_what_would_change_and_writes_it_after_a_click() throws Exception {
        ui.click("#nas-set");
        logIn(FakeDsm.PASSWORD);
        ui.waitFor(() -> ui.visible("#one-time-code"));
        ui.type("#one-time-code", "123456");
        ui.click("#answer-yes");
        ui.waitFor(() -> ui.visible("SFTP service: off → on"));
        assertThat(fake.written).isEmpty();
        ui.click("Write it");

        ui.waitFor(() -> ui.visible("Written, and read back."));
        assertThat(fake.sftp.path("enable").asBoolean()).isTrue();
    }

    @Test
    void a_wrong_password_is_told_and_tried_once() throws Exception {
        ui.click("#nas-set");
        logIn("wrong");

        ui.waitFor(() -> ui.visible("#nas-notice"));
        assertThat(fake.asked).filteredOn("SYNO.API.Auth login"::equals).hasSize(1);
        assertThat(fake.written).isEmpty();
    }
}
