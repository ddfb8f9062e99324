package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Wiring;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;
import dev.ichor.router.FakeConsole;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Router;
import dev.ichor.steps.Step;
import dev.ichor.steps.World;

import javafx.application.Platform;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The first page's way to set a UniFi router, on a pretended console.
class SetRouterTest {
    private static final Adapter CARD =
            new Adapter("eth0", "LAN", Subnet.parse("192.168.1.10/24").orElseThrow(), false, 1);

    @TempDir private Path dir;
    private final Ui ui = Ui.start();
    private FakeConsole fake;

    @BeforeEach
    void show() throws Exception {
        fake = FakeConsole.start();
        Files.writeString(
                dir.resolve("cluster.json"),
                """
                {"version": 1, "clusterName": "lab", "adapter": "eth0", "mode": "ROUTER_TO_PC"}
                """);
        ui.show(
                () -> {
                    Overlay overlay = new Overlay();
                    RouterPane pane = new RouterPane(this::tell);
                    pane.show(
                            Posed.at(
                                    Step.GET_READY,
                                    Posed.todo(),
                                    Posed.found().booting(BootMode.ROUTER_TO_PC),
                                    Posed.results()));
                    overlay.content(pane.view());
                    return overlay;
                },
                960,
                620);
    }

    @AfterEach
    void close() throws Exception {
        ui.close();
        fake.close();
    }

    private static World world() {
        World w = new Wiring().world();
        World.Lan lan =
                new World.Lan(
                        () -> List.of(CARD),
                        w.lan().neighbours(),
                        w.lan().wire(),
                        List.of(),
                        w.lan().wake());
        return new World(lan, w.sources(), w.pc(), w.clock(), w.random(), w.haste());
    }

    /// As the desk does it.
    private void tell(Intent intent) {
        Intent.OnRouter i = (Intent.OnRouter) intent;
        Thread.ofVirtual()
                .start(() -> {
                    try (Router router =
                            Router.open(new ClusterFolder(dir), world(), i.at(), i.ask())) {
                        i.act().on(router);
                        Platform.runLater(() -> i.told().accept(Optional.empty()));
                    } catch (ProblemException e) {
                        Platform.runLater(() -> i.told().accept(Optional.of(e.problem())));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private void logIn(String key) throws Exception {
        ui.waitFor(() -> ui.visible("#router-host"));
        ui.type("#router-host", "localhost:" + fake.port());
        ui.type("#router-secret", key);
        ui.click("#answer-yes");
    }

    @Test
    void shows_what_would_change_and_writes_it_after_a_click() throws Exception {
        ui.click("#console-set");
        logIn(FakeConsole.KEY);
        ui.waitFor(() -> ui.visible("Is this your router? First connection to localhost"));
        ui.click("#answer-yes");
        ui.waitFor(() ->
                ui.visible(
                        "Network boot of Default: off → server 192.168.1.10, file" + " pxeboot"));
        assertThat(fake.written).isEmpty();
        ui.click("Write it");

        ui.waitFor(() -> ui.visible("Written, and read back."));
        assertThat(fake.network().path("dhcpd_boot_filename").asString()).isEqualTo("pxeboot");
    }

    @Test
    void a_wrong_key_is_told_and_no_answer_changes_nothing() throws Exception {
        ui.click("#console-set");
        logIn("wrong");
        ui.waitFor(() -> ui.visible("Is this your router? First connection to localhost"));
        ui.click("#answer-yes");
        ui.waitFor(() -> ui.visible("#console-notice"));

        ui.click("#console-set");
        ui.waitFor(() -> ui.visible("#router-host"));
        ui.click("#answer-no");
        ui.waitFor(() -> !ui.visible("#router-host"));
        ui.click("#console-set");
        ui.waitFor(() -> ui.visible("#router-host"));
        assertThat(fake.written).isEmpty();
    }

    @Test
    void shows_the_fields_of_the_routers_people_have() throws Exception {
        assertThat(ui.visible("#recipe-OPNsense")).isFalse();
        ui.click("#router-how");
        ui.waitFor(() -> ui.visible("#recipe-OPNsense"));
        assertThat(ui.visible("#recipe-MikroTik")).isTrue();
        ui.click("#router-how");
        ui.waitFor(() -> !ui.visible("#recipe-OPNsense"));
    }
}
